"""Tests that the imports keep to ARCHITECTURE.md, and that we would notice.

`ArchitectureTest` reads this checkout. `CheckerTest` plants one violation of
each rule in a small checkout of its own.
"""

import pathlib

import tensorflow as tf

from tf_keras.tests import architecture
from tf_keras.tests.architecture import Checkout

ROOT = pathlib.Path(__file__).parent.parent.parent

SOUND = {
    "tf_keras/__init__.py": '"""Door."""\n',
    "tf_keras/losses.py": (
        '"""Face."""\nfrom tf_keras.src.losses.loss import Loss as Loss\n'
    ),
    "tf_keras/BUILD": 'face(name = "losses", uses = ["losses"])\n',
    "tf_keras/src/__init__.py": '"""Implementation."""\n',
    "tf_keras/src/foundation/__init__.py": '"""Floor 1."""\n',
    "tf_keras/src/foundation/names.py": "import re\ndef name(): pass\n",
    "tf_keras/src/foundation/BUILD": 'wing(name = "foundation")\n',
    "tf_keras/src/losses/__init__.py": '"""Floor 3."""\n',
    "tf_keras/src/losses/loss.py": (
        "from tf_keras.src.foundation.names import name\nclass Loss: pass\n"
    ),
    "tf_keras/src/losses/loss_test.py": (
        "from tf_keras.src.losses.loss import Loss\n"
    ),
    "tf_keras/src/losses/BUILD": (
        'wing(name = "losses", uses = ["foundation"])\n'
    ),
}


class ArchitectureTest(tf.test.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checkout = Checkout(architecture.read(ROOT))

    def check(self, violations):
        found = list(violations)
        if found:
            self.fail("\n" + "\n".join(found))

    def test_reads_the_whole_package(self):
        self.assertGreater(len(self.checkout.trees), 50)
        self.assertIn("tf_keras/src/losses/BUILD", self.checkout.builds)

    def test_imports_go_downward(self):
        self.check(self.checkout.upward_imports())

    def test_no_files_import_each_other(self):
        self.check(self.checkout.cycles())

    def test_imports_stand_at_the_top(self):
        self.check(self.checkout.hidden_imports())

    def test_names_come_from_the_file_that_defines_them(self):
        self.check(self.checkout.detours())
        self.check(self.checkout.relative_imports())

    def test_packages_below_src_hold_a_docstring(self):
        self.check(self.checkout.talkative_packages())

    def test_faces_hold_imports_and_nothing_else(self):
        self.check(self.checkout.loose_faces())

    def test_private_names_of_tensorflow_pass_one_door(self):
        self.check(self.checkout.private_names())

    def test_no_other_keras_is_used(self):
        self.check(self.checkout.forbidden_names())

    def test_build_files_declare_what_is_imported(self):
        self.check(self.checkout.undeclared_arrows())
        self.check(self.checkout.upward_arrows())
        self.check(self.checkout.wings_without_build())

    def test_tests_stand_beside_their_code(self):
        self.check(self.checkout.strayed_tests())


class CheckerTest(tf.test.TestCase):
    def plant(self, path, text):
        """The sound checkout with a line more in one file."""
        files = dict(SOUND)
        files[path] = files.get(path, "") + text + "\n"
        return Checkout(files)

    def assertFinds(self, violations, text):
        self.assertIn(text, "\n".join(violations))

    def test_finds_nothing_in_a_sound_checkout(self):
        checkout = Checkout(SOUND)
        rules = [
            checkout.upward_imports,
            checkout.cycles,
            checkout.hidden_imports,
            checkout.detours,
            checkout.relative_imports,
            checkout.talkative_packages,
            checkout.loose_faces,
            checkout.private_names,
            checkout.forbidden_names,
            checkout.undeclared_arrows,
            checkout.unused_arrows,
            checkout.upward_arrows,
            checkout.wings_without_build,
            checkout.strayed_tests,
        ]
        for rule in rules:
            self.assertEqual(list(rule()), [], rule.__name__)

    def test_finds_an_import_upward(self):
        checkout = self.plant(
            "tf_keras/src/foundation/names.py",
            "from tf_keras.src.losses.loss import Loss",
        )
        self.assertFinds(checkout.upward_imports(), "imports losses, floor 3")

    def test_finds_an_import_on_the_same_floor(self):
        checkout = self.plant(
            "tf_keras/src/optimizers/sgd.py",
            "from tf_keras.src.losses import loss",
        )
        self.assertFinds(checkout.upward_imports(), "optimizers, floor 3")

    def test_finds_a_face_imported_below(self):
        checkout = self.plant(
            "tf_keras/src/losses/loss.py", "from tf_keras.losses import Loss"
        )
        self.assertFinds(checkout.upward_imports(), "no file of a wing")

    def test_finds_the_front_door_imported_below(self):
        checkout = self.plant("tf_keras/src/losses/loss.py", "import tf_keras")
        self.assertFinds(checkout.upward_imports(), "imports tf_keras")

    def test_finds_a_wing_without_floor(self):
        checkout = self.plant("tf_keras/src/utils/misc.py", "")
        self.assertFinds(checkout.upward_imports(), "'utils' is no wing")
        self.assertFinds(checkout.wings_without_build(), "declares utils")

    def test_finds_a_ring(self):
        files = dict(SOUND)
        for one, other in ("ab", "bc", "ca"):
            files[f"tf_keras/src/losses/{one}.py"] = (
                f"from tf_keras.src.losses import {other}\n"
            )
        self.assertFinds(Checkout(files).cycles(), "losses/a.py")

    def test_finds_an_import_in_a_function(self):
        checkout = self.plant(
            "tf_keras/src/losses/loss.py", "def f():\n    import os"
        )
        self.assertFinds(checkout.hidden_imports(), "hides import of os")

    def test_finds_an_import_in_a_try(self):
        checkout = self.plant(
            "tf_keras/src/losses/loss.py",
            "try:\n    import h5py\nexcept ImportError:\n    h5py = None",
        )
        self.assertFinds(checkout.hidden_imports(), "hides import of h5py")

    def test_finds_an_import_by_a_call(self):
        checkout = self.plant(
            "tf_keras/src/losses/loss.py",
            "import importlib\nos = importlib.import_module('os')",
        )
        self.assertFinds(checkout.hidden_imports(), "loss.py:4: imports by")

    def test_finds_a_detour(self):
        checkout = self.plant(
            "tf_keras/src/losses/other.py",
            "from tf_keras.src.losses.loss import name",
        )
        self.assertFinds(checkout.detours(), "name is not defined in")

    def test_finds_an_import_of_a_package(self):
        checkout = self.plant(
            "tf_keras/src/losses/other.py", "from tf_keras.src import losses"
        )
        self.assertFinds(checkout.detours(), "imports the package")

    def test_finds_a_missing_file(self):
        checkout = self.plant(
            "tf_keras/losses.py", "from tf_keras.src.losses.no import A as A"
        )
        self.assertFinds(checkout.detours(), "is no file of this package")

    def test_finds_a_relative_import(self):
        checkout = self.plant(
            "tf_keras/src/losses/other.py", "from . import loss"
        )
        self.assertFinds(checkout.relative_imports(), "other.py:1")

    def test_finds_code_in_a_package_file(self):
        checkout = self.plant("tf_keras/src/losses/__init__.py", "import os")
        self.assertFinds(checkout.talkative_packages(), "losses/__init__.py")

    def test_finds_code_in_a_face(self):
        checkout = self.plant("tf_keras/losses.py", "Loss = 1")
        self.assertFinds(checkout.loose_faces(), "losses.py:3")

    def test_finds_a_child_that_its_face_does_not_show(self):
        files = dict(SOUND)
        files["tf_keras/metrics/__init__.py"] = '"""Face."""\n'
        files["tf_keras/metrics/experimental.py"] = '"""Face."""\n'
        self.assertFinds(
            Checkout(files).loose_faces(), "tf_keras.metrics.experimental"
        )

    def test_finds_private_names_of_tensorflow(self):
        for text in (
            "from tensorflow.python.util import nest",
            "import tensorflow.python.util.nest",
            "from tensorflow import __internal__",
            "import tensorflow as tf\ntf.__internal__.tracking.Trackable",
            "import tensorflow as tf\ndef f(x=tf.python.ops): pass",
        ):
            checkout = self.plant("tf_keras/src/losses/loss.py", text)
            self.assertFinds(checkout.private_names(), "losses/loss.py")

    def test_lets_private_names_through_the_one_door(self):
        checkout = self.plant(
            "tf_keras/src/foundation/tf_internals.py",
            "from tensorflow.python.util import nest",
        )
        self.assertEqual(list(checkout.private_names()), [])

    def test_finds_another_keras(self):
        for text in (
            "import keras",
            "from keras.layers import Dense",
            "from tensorflow import keras",
            "import tensorflow as tf\ntf.keras.layers.Dense(1)",
            "from tensorflow.python.keras import backend",
            "from tensorflow.python import keras",
        ):
            checkout = self.plant("tf_keras/src/losses/loss_test.py", text)
            self.assertFinds(checkout.forbidden_names(), "loss_test.py")

    def test_finds_an_undeclared_arrow(self):
        files = dict(SOUND)
        files["tf_keras/src/backend/math.py"] = ""
        files["tf_keras/src/losses/loss_test.py"] = (
            "from tf_keras.src.backend import math\n"
        )
        self.assertFinds(
            Checkout(files).undeclared_arrows(), "does not declare backend"
        )

    def test_finds_an_undeclared_arrow_of_a_face(self):
        checkout = self.plant(
            "tf_keras/losses.py",
            "from tf_keras.src.foundation.names import name as name",
        )
        self.assertFinds(
            checkout.undeclared_arrows(), "losses does not declare foundation"
        )

    def test_finds_arrows_that_nobody_draws(self):
        files = dict(SOUND)
        files["tf_keras/src/losses/BUILD"] = (
            'wing(name = "losses", uses = ["backend", "foundation"])\n'
        )
        self.assertFinds(
            Checkout(files).unused_arrows(), "declares backend in vain"
        )

    def test_finds_an_arrow_upward(self):
        files = dict(SOUND)
        files["tf_keras/src/foundation/BUILD"] = (
            'wing(name = "foundation", uses = ["losses"])\n'
        )
        self.assertFinds(Checkout(files).upward_arrows(), "declares losses")

    def test_finds_a_strayed_test(self):
        checkout = self.plant("tf_keras/src/losses/other_test.py", "")
        self.assertFinds(checkout.strayed_tests(), "stands beside no")


if __name__ == "__main__":
    tf.test.main()
