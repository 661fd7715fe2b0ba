"""Layers: what models are made of."""

from tf_keras.layers import experimental as experimental
from tf_keras.src.core.input_layer import Input as Input
from tf_keras.src.core.input_layer import InputLayer as InputLayer
from tf_keras.src.core.input_spec import InputSpec as InputSpec
from tf_keras.src.core.layer import Layer as Layer
from tf_keras.src.layers.activation.elu import ELU as ELU
from tf_keras.src.layers.activation.leaky_relu import LeakyReLU as LeakyReLU
from tf_keras.src.layers.activation.prelu import PReLU as PReLU
from tf_keras.src.layers.activation.relu import ReLU as ReLU
from tf_keras.src.layers.activation.softmax import Softmax as Softmax
from tf_keras.src.layers.activation.thresholded_relu import (
    ThresholdedReLU as ThresholdedReLU,
)
from tf_keras.src.layers.attention.additive_attention import (
    AdditiveAttention as AdditiveAttention,
)
from tf_keras.src.layers.attention.attention import Attention as Attention
from tf_keras.src.layers.attention.multi_head_attention import (
    MultiHeadAttention as MultiHeadAttention,
)
from tf_keras.src.layers.convolutional.conv import Conv1D as Conv1D
from tf_keras.src.layers.convolutional.conv import Conv1D as Convolution1D
from tf_keras.src.layers.convolutional.conv import Conv2D as Conv2D
from tf_keras.src.layers.convolutional.conv import Conv2D as Convolution2D
from tf_keras.src.layers.convolutional.conv import Conv3D as Conv3D
from tf_keras.src.layers.convolutional.conv import Conv3D as Convolution3D
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv1DTranspose as Conv1DTranspose,
)
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv1DTranspose as Convolution1DTranspose,
)
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv2DTranspose as Conv2DTranspose,
)
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv2DTranspose as Convolution2DTranspose,
)
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv3DTranspose as Conv3DTranspose,
)
from tf_keras.src.layers.convolutional.conv_transpose import (
    Conv3DTranspose as Convolution3DTranspose,
)
from tf_keras.src.layers.convolutional.depthwise_conv import (
    DepthwiseConv1D as DepthwiseConv1D,
)
from tf_keras.src.layers.convolutional.depthwise_conv import (
    DepthwiseConv2D as DepthwiseConv2D,
)
from tf_keras.src.layers.convolutional.local_conv import (
    LocallyConnected1D as LocallyConnected1D,
)
from tf_keras.src.layers.convolutional.local_conv import (
    LocallyConnected2D as LocallyConnected2D,
)
from tf_keras.src.layers.convolutional.separable_conv import (
    SeparableConv1D as SeparableConv1D,
)
from tf_keras.src.layers.convolutional.separable_conv import (
    SeparableConv1D as SeparableConvolution1D,
)
from tf_keras.src.layers.convolutional.separable_conv import (
    SeparableConv2D as SeparableConv2D,
)
from tf_keras.src.layers.convolutional.separable_conv import (
    SeparableConv2D as SeparableConvolution2D,
)
from tf_keras.src.layers.core.activation import Activation as Activation
from tf_keras.src.layers.core.dense import Dense as Dense
from tf_keras.src.layers.core.einsum_dense import EinsumDense as EinsumDense
from tf_keras.src.layers.core.embedding import Embedding as Embedding
from tf_keras.src.layers.core.identity import Identity as Identity
from tf_keras.src.layers.core.lambda_layer import Lambda as Lambda
from tf_keras.src.layers.core.masking import Masking as Masking
from tf_keras.src.layers.feature_columns.dense_features import (
    DenseFeatures as DenseFeatures,
)
from tf_keras.src.layers.merging.concatenate import Concatenate as Concatenate
from tf_keras.src.layers.merging.concatenate import concatenate as concatenate
from tf_keras.src.layers.merging.dot import Dot as Dot
from tf_keras.src.layers.merging.dot import dot as dot
from tf_keras.src.layers.merging.elementwise import Add as Add
from tf_keras.src.layers.merging.elementwise import Average as Average
from tf_keras.src.layers.merging.elementwise import Maximum as Maximum
from tf_keras.src.layers.merging.elementwise import Minimum as Minimum
from tf_keras.src.layers.merging.elementwise import Multiply as Multiply
from tf_keras.src.layers.merging.elementwise import Subtract as Subtract
from tf_keras.src.layers.merging.elementwise import add as add
from tf_keras.src.layers.merging.elementwise import average as average
from tf_keras.src.layers.merging.elementwise import maximum as maximum
from tf_keras.src.layers.merging.elementwise import minimum as minimum
from tf_keras.src.layers.merging.elementwise import multiply as multiply
from tf_keras.src.layers.merging.elementwise import subtract as subtract
from tf_keras.src.layers.normalization.batch_normalization import (
    BatchNormalization as BatchNormalization,
)
from tf_keras.src.layers.normalization.group_normalization import (
    GroupNormalization as GroupNormalization,
)
from tf_keras.src.layers.normalization.layer_normalization import (
    LayerNormalization as LayerNormalization,
)
from tf_keras.src.layers.normalization.spectral_normalization import (
    SpectralNormalization as SpectralNormalization,
)
from tf_keras.src.layers.normalization.unit_normalization import (
    UnitNormalization as UnitNormalization,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling1D as GlobalAveragePooling1D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling1D as GlobalAvgPool1D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling2D as GlobalAveragePooling2D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling2D as GlobalAvgPool2D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling3D as GlobalAveragePooling3D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalAveragePooling3D as GlobalAvgPool3D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling1D as GlobalMaxPool1D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling1D as GlobalMaxPooling1D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling2D as GlobalMaxPool2D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling2D as GlobalMaxPooling2D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling3D as GlobalMaxPool3D,
)
from tf_keras.src.layers.pooling.global_pooling import (
    GlobalMaxPooling3D as GlobalMaxPooling3D,
)
from tf_keras.src.layers.pooling.pooling import (
    AveragePooling1D as AveragePooling1D,
)
from tf_keras.src.layers.pooling.pooling import AveragePooling1D as AvgPool1D
from tf_keras.src.layers.pooling.pooling import (
    AveragePooling2D as AveragePooling2D,
)
from tf_keras.src.layers.pooling.pooling import AveragePooling2D as AvgPool2D
from tf_keras.src.layers.pooling.pooling import (
    AveragePooling3D as AveragePooling3D,
)
from tf_keras.src.layers.pooling.pooling import AveragePooling3D as AvgPool3D
from tf_keras.src.layers.pooling.pooling import MaxPooling1D as MaxPool1D
from tf_keras.src.layers.pooling.pooling import MaxPooling1D as MaxPooling1D
from tf_keras.src.layers.pooling.pooling import MaxPooling2D as MaxPool2D
from tf_keras.src.layers.pooling.pooling import MaxPooling2D as MaxPooling2D
from tf_keras.src.layers.pooling.pooling import MaxPooling3D as MaxPool3D
from tf_keras.src.layers.pooling.pooling import MaxPooling3D as MaxPooling3D
from tf_keras.src.layers.preprocessing.category_encoding import (
    CategoryEncoding as CategoryEncoding,
)
from tf_keras.src.layers.preprocessing.discretization import (
    Discretization as Discretization,
)
from tf_keras.src.layers.preprocessing.hashed_crossing import (
    HashedCrossing as HashedCrossing,
)
from tf_keras.src.layers.preprocessing.hashing import Hashing as Hashing
from tf_keras.src.layers.preprocessing.integer_lookup import (
    IntegerLookup as IntegerLookup,
)
from tf_keras.src.layers.preprocessing.normalization import (
    Normalization as Normalization,
)
from tf_keras.src.layers.preprocessing.random_color import (
    RandomBrightness as RandomBrightness,
)
from tf_keras.src.layers.preprocessing.random_color import (
    RandomContrast as RandomContrast,
)
from tf_keras.src.layers.preprocessing.random_crop import (
    RandomCrop as RandomCrop,
)
from tf_keras.src.layers.preprocessing.random_flip import (
    RandomFlip as RandomFlip,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomHeight as RandomHeight,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomRotation as RandomRotation,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomTranslation as RandomTranslation,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomWidth as RandomWidth,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomZoom as RandomZoom,
)
from tf_keras.src.layers.preprocessing.rescaling import Rescaling as Rescaling
from tf_keras.src.layers.preprocessing.resizing import CenterCrop as CenterCrop
from tf_keras.src.layers.preprocessing.resizing import Resizing as Resizing
from tf_keras.src.layers.preprocessing.string_lookup import (
    StringLookup as StringLookup,
)
from tf_keras.src.layers.preprocessing.text_vectorization import (
    TextVectorization as TextVectorization,
)
from tf_keras.src.layers.regularization.activity_regularization import (
    ActivityRegularization as ActivityRegularization,
)
from tf_keras.src.layers.regularization.alpha_dropout import (
    AlphaDropout as AlphaDropout,
)
from tf_keras.src.layers.regularization.dropout import Dropout as Dropout
from tf_keras.src.layers.regularization.gaussian_dropout import (
    GaussianDropout as GaussianDropout,
)
from tf_keras.src.layers.regularization.gaussian_noise import (
    GaussianNoise as GaussianNoise,
)
from tf_keras.src.layers.regularization.spatial_dropout import (
    SpatialDropout1D as SpatialDropout1D,
)
from tf_keras.src.layers.regularization.spatial_dropout import (
    SpatialDropout2D as SpatialDropout2D,
)
from tf_keras.src.layers.regularization.spatial_dropout import (
    SpatialDropout3D as SpatialDropout3D,
)
from tf_keras.src.layers.reshaping.cropping import Cropping1D as Cropping1D
from tf_keras.src.layers.reshaping.cropping import Cropping2D as Cropping2D
from tf_keras.src.layers.reshaping.cropping import Cropping3D as Cropping3D
from tf_keras.src.layers.reshaping.flatten import Flatten as Flatten
from tf_keras.src.layers.reshaping.permute import Permute as Permute
from tf_keras.src.layers.reshaping.repeat_vector import (
    RepeatVector as RepeatVector,
)
from tf_keras.src.layers.reshaping.reshape import Reshape as Reshape
from tf_keras.src.layers.reshaping.up_sampling import (
    UpSampling1D as UpSampling1D,
)
from tf_keras.src.layers.reshaping.up_sampling import (
    UpSampling2D as UpSampling2D,
)
from tf_keras.src.layers.reshaping.up_sampling import (
    UpSampling3D as UpSampling3D,
)
from tf_keras.src.layers.reshaping.zero_padding import (
    ZeroPadding1D as ZeroPadding1D,
)
from tf_keras.src.layers.reshaping.zero_padding import (
    ZeroPadding2D as ZeroPadding2D,
)
from tf_keras.src.layers.reshaping.zero_padding import (
    ZeroPadding3D as ZeroPadding3D,
)
from tf_keras.src.layers.resolve import deserialize as deserialize
from tf_keras.src.layers.resolve import serialize as serialize
from tf_keras.src.layers.rnn.bidirectional import Bidirectional as Bidirectional
from tf_keras.src.layers.rnn.cells import AbstractRNNCell as AbstractRNNCell
from tf_keras.src.layers.rnn.cells import StackedRNNCells as StackedRNNCells
from tf_keras.src.layers.rnn.conv_lstm import ConvLSTM1D as ConvLSTM1D
from tf_keras.src.layers.rnn.conv_lstm import ConvLSTM2D as ConvLSTM2D
from tf_keras.src.layers.rnn.conv_lstm import ConvLSTM3D as ConvLSTM3D
from tf_keras.src.layers.rnn.gru import GRU as GRU
from tf_keras.src.layers.rnn.gru import GRUCell as GRUCell
from tf_keras.src.layers.rnn.lstm import LSTM as LSTM
from tf_keras.src.layers.rnn.lstm import LSTMCell as LSTMCell
from tf_keras.src.layers.rnn.rnn import RNN as RNN
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNN as SimpleRNN
from tf_keras.src.layers.rnn.simple_rnn import SimpleRNNCell as SimpleRNNCell
from tf_keras.src.layers.rnn.time_distributed import (
    TimeDistributed as TimeDistributed,
)
from tf_keras.src.layers.rnn.wrapper import Wrapper as Wrapper
