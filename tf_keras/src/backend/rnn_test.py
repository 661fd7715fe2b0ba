"""Tests of the loop over time."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend.rnn import rnn

_KERNEL = np.random.RandomState(0).uniform(-1, 1, (3, 3)).astype("float32")
_X = np.random.RandomState(1).uniform(-1, 1, (2, 4, 3)).astype("float32")
_START = np.full((2, 3), 0.1, "float32")
_MASK = np.array([[True, True, False, True], [False, True, True, False]])


def _step(x, states):
    state = tf.tanh(x + tf.matmul(states[0], _KERNEL))
    return 2.0 * state, [state]


def _reference(x, mask=None, zero_output=False):
    """The same loop in NumPy: last output, outputs and state."""
    state, output = _START, np.zeros_like(_START)
    outputs = []
    for time in range(x.shape[1]):
        new = np.tanh(x[:, time] + state @ _KERNEL)
        keep = np.ones((2, 1)) if mask is None else mask[:, time, None]
        before = np.zeros_like(output) if zero_output else output
        output = np.where(keep, 2 * new, before)
        state = np.where(keep, new, state)
        outputs.append(output)
    return output, np.stack(outputs, 1), state


_WAYS = (
    ("eager", False, False),
    ("graph", True, False),
    ("unrolled", True, True),
)


class RnnTest(tf.test.TestCase, parameterized.TestCase):
    def _run(self, in_graph, step=_step, inputs=_X, states=(_START,), **kwargs):
        def run():
            return rnn(
                step,
                tf.nest.map_structure(tf.constant, inputs),
                [tf.constant(state) for state in states],
                **kwargs,
            )

        return tf.function(run)() if in_graph else run()

    @parameterized.named_parameters(*_WAYS)
    def test_hands_states_from_step_to_step(self, in_graph, unroll):
        last, outputs, states = self._run(in_graph, unroll=unroll)
        expected = _reference(_X)
        self.assertAllClose(last, expected[0])
        self.assertAllClose(outputs, expected[1])
        self.assertAllClose(states[0], expected[2])

    @parameterized.named_parameters(*_WAYS)
    def test_goes_backwards(self, in_graph, unroll):
        for mask in (None, _MASK):
            last, outputs, _ = self._run(
                in_graph, unroll=unroll, go_backwards=True, mask=mask
            )
            flipped = None if mask is None else mask[:, ::-1]
            expected = _reference(_X[:, ::-1], flipped)
            self.assertAllClose(last, expected[0])
            self.assertAllClose(outputs, expected[1])

    @parameterized.named_parameters(*_WAYS)
    def test_masked_steps_keep_states_and_output(self, in_graph, unroll):
        for zero in (False, True):
            for mask in (_MASK, _MASK[..., None], _MASK.astype("int32")):
                last, outputs, states = self._run(
                    in_graph,
                    unroll=unroll,
                    mask=tf.constant(mask),
                    zero_output_for_mask=zero,
                )
                expected = _reference(_X, _MASK, zero)
                self.assertAllClose(last, expected[0])
                self.assertAllClose(outputs, expected[1])
                self.assertAllClose(states[0], expected[2])

    @parameterized.named_parameters(*_WAYS)
    def test_input_length_masks_what_follows(self, in_graph, unroll):
        lengths = np.array([2, 3])
        mask = np.arange(4) < lengths[:, None]
        for backwards in (False, True):
            _, outputs, _ = self._run(
                in_graph,
                unroll=unroll,
                input_length=tf.constant(lengths),
                go_backwards=backwards,
            )
            order = slice(None, None, -1) if backwards else slice(None)
            expected = _reference(_X[:, order], mask[:, order])[1]
            self.assertAllClose(outputs, expected)

    @parameterized.named_parameters(*_WAYS)
    def test_may_return_the_last_output_alone(self, in_graph, unroll):
        for mask in (None, _MASK):
            last, outputs, _ = self._run(
                in_graph, unroll=unroll, return_all_outputs=False, mask=mask
            )
            self.assertAllClose(last, _reference(_X, mask)[0])
            self.assertAllClose(outputs, last[:, None])

    @parameterized.named_parameters(*_WAYS)
    def test_takes_time_first(self, in_graph, unroll):
        _, outputs, _ = self._run(
            in_graph,
            inputs=_X.swapaxes(0, 1),
            unroll=unroll,
            time_major=True,
            mask=_MASK.T,
        )
        self.assertAllClose(outputs, _reference(_X, _MASK)[1].swapaxes(0, 1))

    @parameterized.named_parameters(*_WAYS)
    def test_takes_structures_and_constants(self, in_graph, unroll):
        def step(x, states):
            total, scale = states
            total = total + x["a"] + x["b"]
            return {"sum": total, "scaled": total * scale}, [total]

        _, outputs, states = self._run(
            in_graph,
            step=step,
            inputs={"a": _X, "b": _X},
            unroll=unroll,
            constants=[tf.constant(3.0)],
        )
        expected = _START[:, None] + 2 * _X.cumsum(1)
        self.assertAllClose(outputs["sum"], expected)
        self.assertAllClose(outputs["scaled"], 3 * expected)
        self.assertAllClose(states[0], expected[:, -1])

    @parameterized.named_parameters(*_WAYS)
    def test_needs_no_states(self, in_graph, unroll):
        _, outputs, states = self._run(
            in_graph, lambda x, _: (2.0 * x, []), states=(), unroll=unroll
        )
        self.assertAllClose(outputs, 2 * _X)
        self.assertEqual(states, ())

    def test_gradients_agree(self):
        def gradient(in_graph, unroll):
            def run(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    last, outputs, _ = rnn(
                        _step,
                        x,
                        [tf.constant(_START)],
                        mask=tf.constant(_MASK),
                        unroll=unroll,
                    )
                    loss = tf.reduce_sum(outputs**2) + tf.reduce_sum(last)
                return tape.gradient(loss, x)

            run = tf.function(run) if in_graph else run
            return run(tf.constant(_X))

        eager = gradient(False, False)
        self.assertAllClose(gradient(True, False), eager)
        self.assertAllClose(gradient(True, True), eager)
        self.assertAllEqual(eager[0, 2], [0, 0, 0])

    def test_takes_unknown_batch_and_steps(self):
        @tf.function(input_signature=[tf.TensorSpec((None, None, 3))])
        def run(x):
            last, outputs, _ = rnn(_step, x, [tf.constant(_START)])
            self.assertEqual(outputs.shape.as_list(), [2, None, 3])
            return last, outputs

        self.assertAllClose(run(_X)[1], _reference(_X)[1])
        self.assertAllClose(run(_X[:, :1])[1], _reference(_X[:, :1])[1])

    def test_unrolling_needs_known_steps(self):
        @tf.function(input_signature=[tf.TensorSpec((2, None, 3))])
        def run(x):
            return rnn(_step, x, [tf.constant(_START)], unroll=True)

        with self.assertRaisesRegex(ValueError, "known number of steps"):
            run(_X)

    def test_refuses_inputs_without_features(self):
        with self.assertRaisesRegex(ValueError, "rank"):
            rnn(_step, tf.ones((2, 3)), [tf.zeros((2,))])

    def test_compiles_with_xla(self):
        run = tf.function(
            lambda x: rnn(_step, x, [tf.constant(_START)])[1], jit_compile=True
        )
        self.assertAllClose(run(tf.constant(_X)), _reference(_X)[1])


if __name__ == "__main__":
    tf.test.main()
