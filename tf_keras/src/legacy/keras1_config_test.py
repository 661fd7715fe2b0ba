"""Tests of configs of Keras 1."""

import tensorflow as tf

from tf_keras.src.legacy import keras1_config


def converted(class_name, ordering=None, **config):
    made = keras1_config.layer_of_today(
        {"class_name": class_name, "config": {"name": "x", **config}}, ordering
    )
    inner = dict(made["config"])
    inner.pop("name")
    return made["class_name"], inner


class Keras1ConfigTest(tf.test.TestCase):
    def test_renames_arguments_of_dense(self):
        name, config = converted(
            "Dense",
            output_dim=3,
            init="orthogonal",
            W_regularizer={"name": "L1L2Regularizer", "l1": 0.0, "l2": 0.1},
            b_constraint={"name": "MaxNorm", "m": 2, "axis": 0},
            bias=False,
            input_dim=4,
            input_dtype="float32",
        )
        self.assertEqual(name, "Dense")
        gain = {"class_name": "Orthogonal", "config": {"gain": 1.1}}
        penalty = {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.1}}
        limit = {"class_name": "MaxNorm", "config": {"max_value": 2, "axis": 0}}
        self.assertEqual(
            config,
            {
                "units": 3,
                "kernel_initializer": gain,
                "kernel_regularizer": penalty,
                "bias_constraint": limit,
                "use_bias": False,
                "dtype": "float32",
            },
        )

    def test_joins_the_sizes_of_kernels(self):
        name, config = converted(
            "AtrousConvolution2D",
            nb_filter=2,
            nb_row=3,
            nb_col=4,
            subsample=[1, 1],
            border_mode="same",
            dim_ordering="th",
            atrous_rate=[2, 2],
        )
        self.assertEqual(name, "Conv2D")
        self.assertEqual(
            config,
            {
                "filters": 2,
                "kernel_size": [3, 4],
                "strides": [1, 1],
                "padding": "same",
                "data_format": "channels_first",
                "dilation_rate": [2, 2],
            },
        )

    def test_embeddings_keep_their_sizes_and_have_float_weights(self):
        _, config = converted(
            "Embedding",
            input_dim=5,
            output_dim=3,
            init="uniform",
            input_dtype="int32",
            W_regularizer=None,
            dropout=0.0,
        )
        self.assertEqual(
            config,
            {
                "input_dim": 5,
                "output_dim": 3,
                "embeddings_initializer": "random_uniform",
                "embeddings_regularizer": None,
            },
        )

    def test_recurrent_layers_keep_their_mathematics(self):
        _, config = converted(
            "GRU",
            output_dim=3,
            inner_init="orthogonal",
            inner_activation="hard_sigmoid",
            consume_less="mem",
            dropout_W=0.1,
            dropout_U=0.2,
        )
        self.assertFalse(config["reset_after"])
        self.assertEqual(config["recurrent_activation"], "hard_sigmoid")
        self.assertEqual(config["implementation"], 1)
        rates = (config["dropout"], config["recurrent_dropout"])
        self.assertEqual(rates, (0.1, 0.2))
        _, config = converted("LSTM", output_dim=3, forget_bias_init="one")
        self.assertTrue(config["unit_forget_bias"])

    def test_padding_has_every_form_of_its_time(self):
        _, config = converted(
            "ZeroPadding2D", padding={"top_pad": 1, "right_pad": 2}
        )
        self.assertEqual(config["padding"], [[1, 0], [0, 2]])
        _, config = converted("ZeroPadding2D", padding=[1, 2, 3, 4])
        self.assertEqual(config["padding"], [[1, 2], [3, 4]])
        _, config = converted("ZeroPadding1D", padding={"left_pad": 3})
        self.assertEqual(config["padding"], [3, 0])
        _, config = converted("ZeroPadding1D", padding={"right_pad": 3})
        self.assertEqual(config["padding"], [0, 3])

    def test_a_layer_without_ordering_takes_that_of_the_model(self):
        _, config = converted("UpSampling2D", "channels_first", size=[2, 2])
        self.assertEqual(config["data_format"], "channels_first")
        model = [{"config": {"dim_ordering": "th"}}, {"config": {}}]
        self.assertEqual(keras1_config.ordering_of(model), "channels_first")
        model.append({"config": {"dim_ordering": "tf"}})
        self.assertIsNone(keras1_config.ordering_of(model))

    def test_an_output_shape_becomes_a_padding_where_it_must(self):
        fixed = dict(
            nb_filter=1,
            nb_row=3,
            nb_col=3,
            border_mode="same",
            subsample=[2, 2],
            dim_ordering="tf",
            batch_input_shape=[None, 5, 5, 2],
        )
        _, config = converted(
            "Deconvolution2D", output_shape=[None, 9, 9, 1], **fixed
        )
        self.assertEqual(config["output_padding"], [0, 0])
        _, config = converted(
            "Deconvolution2D", output_shape=[None, 10, 10, 1], **fixed
        )
        self.assertNotIn("output_padding", config)

    def test_dense_over_time_is_wrapped(self):
        name, config = converted(
            "TimeDistributedDense", output_dim=3, trainable=True
        )
        self.assertEqual(name, "TimeDistributed")
        self.assertEqual(config["layer"]["config"]["units"], 3)
        self.assertTrue(config["trainable"])

    def test_names_what_is_gone_and_what_to_use(self):
        with self.assertRaisesRegex(ValueError, "'x'.*MaxoutDense.*reduce_max"):
            converted("MaxoutDense")
        with self.assertRaisesRegex(ValueError, "'x'.*Highway.*gate"):
            converted("Highway")
        with self.assertRaisesRegex(ValueError, "mode=1.*LayerNormalization"):
            converted("BatchNormalization", mode=1)

    def test_knows_its_configs(self):
        for config in (
            {"class_name": "Dense", "config": {"init": "zero"}},
            {"class_name": "Dropout", "config": {"p": 0.5}},
            {"class_name": "TimeDistributedDense", "config": {"init": "one"}},
            {
                "class_name": "LocallyConnected1D",
                "config": {"nb_filter": 2, "input_length": None},
            },
            [{"class_name": "Merge", "config": {"mode_type": "raw"}}],
        ):
            self.assertTrue(keras1_config.is_of_keras_1(config))
        for config in (
            {"class_name": "Dense", "config": {"units": 3}},
            {"class_name": "OfAUser", "config": {"p": 0.5, "init": "one"}},
        ):
            self.assertFalse(keras1_config.is_of_keras_1(config))


if __name__ == "__main__":
    tf.test.main()
