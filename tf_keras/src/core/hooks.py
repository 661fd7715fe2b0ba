"""The three upward calls, and who answers them.

A floor below must now and then ask for something that is built above. Each
slot here is filled by the wing that answers, when it is imported.
"""

from tf_keras.src.serialization import registry

_answers = {}
_QUESTIONS = (
    "graph_model_class",  # Model(inputs, outputs): models/functional.py
    "saved_model_view",  # tf.saved_model.save(layer): saving/saved_model
    "mean_metric",  # Layer.add_metric(value): metrics/reductions.py
)


def answer(question, value):
    """Fills a slot. The answering wing calls it once, when imported."""
    if question not in _QUESTIONS:
        raise ValueError(
            f"Unknown upward call {question!r}. Known are {_QUESTIONS}: a new "
            "one needs a note in ARCHITECTURE.md."
        )
    _answers[question] = value


# The public name whose face imports the wing that answers.
_OPENED_BY = {
    "mean_metric": ("keras.metrics", "Mean"),
    "saved_model_view": ("keras.models", "save_model"),
}


def ask(question):
    """Returns the answer, or None while no wing has given one.

    A wing that was not imported yet is, where a public name leads to it.
    """
    if question not in _answers and question in _OPENED_BY:
        registry.published(*_OPENED_BY[question])
    return _answers.get(question)
