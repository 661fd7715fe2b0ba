"""ModuleWrapper: a plain tf.Module as a layer."""

from tf_keras.src.core.call_spec import CallSpec
from tf_keras.src.core.layer import Layer


class ModuleWrapper(Layer):
    """Calls a `tf.Module` as a layer; its variables become the layer's.

    Args:
        module: The module.
        method_name: What to call; `__call__` or `call` by default.
        **kwargs: Arguments of `Layer`.

    Raises:
        ValueError: If the module has no such method.
    """

    def __init__(self, module, method_name=None, **kwargs):
        super().__init__(**kwargs)
        if method_name is None:
            has_call = callable(getattr(module, "__call__", None))
            method_name = "__call__" if has_call else "call"
        if not hasattr(module, method_name):
            raise ValueError(
                f"{method_name!r} is no method of {module!r}. Pass the name "
                "of the method to call as `method_name`."
            )
        self._module = module
        self._method_name = method_name
        self._read_signature()
        self.built = True

    def _read_signature(self):
        method = getattr(type(self._module), self._method_name)
        self.__dict__["_call_spec"] = CallSpec(method)

    def __setstate__(self, state):
        super().__setstate__(state)
        self._read_signature()

    def call(self, *args, **kwargs):
        """Calls the module."""
        return getattr(self._module, self._method_name)(*args, **kwargs)

    def get_config(self):
        """Refuses: a module has no config."""
        raise NotImplementedError(
            f"{type(self._module).__name__} is a plain tf.Module, which has "
            "no config. Make it a subclass of Layer to save the model."
        )
