"""Tests of names."""

import tensorflow as tf

from tf_keras.src.foundation import names


class SnakeCaseTest(tf.test.TestCase):
    def test_parts_words_and_keeps_digits_with_what_stands_before(self):
        for name, expected in {
            "Dense": "dense",
            "GlobalMaxPooling2D": "global_max_pooling2d",
            "Conv2DTranspose": "conv2d_transpose",
            "ConvLSTM2D": "conv_lstm2d",
            "MyLSTM2D": "my_lstm2d",
            "RNN2D": "rnn2d",
            "LSTMv2": "lst_mv2",
            "_Own": "private__own",
        }.items():
            self.assertEqual(names.snake_case(name), expected)


if __name__ == "__main__":
    tf.test.main()
