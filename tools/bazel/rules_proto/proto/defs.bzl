"""Bazel's built-in proto rules under the address where Bazel looks for them."""

proto_lang_toolchain = native.proto_lang_toolchain
proto_library = native.proto_library
