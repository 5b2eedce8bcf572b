"""A first classifier: TensorFlow without Keras."""

import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
dice = np.random.default_rng(0)
x = dice.normal(size=(1200, 8)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")

hidden = tf.Variable(tf.random.normal((8, 32)) / 4)
hidden_bias = tf.Variable(tf.zeros(32))
out = tf.Variable(tf.random.normal((32, 2)) / 4)
out_bias = tf.Variable(tf.zeros(2))
weights = [hidden, hidden_bias, out, out_bias]


def scores_of(x):
    return tf.nn.relu(x @ hidden + hidden_bias) @ out + out_bias


@tf.function
def step(x_batch, y_batch):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=y_batch, logits=scores_of(x_batch)
        )
        loss = tf.reduce_mean(losses)
    for weight, gradient in zip(weights, tape.gradient(loss, weights), strict=True):
        weight.assign_sub(0.1 * gradient)


rows = tf.data.Dataset.from_tensor_slices((x[:1000], y[:1000]))
for _ in range(5):
    for x_batch, y_batch in rows.shuffle(1000).batch(32):
        step(x_batch, y_batch)
answers = tf.argmax(scores_of(x[1000:]), axis=1, output_type=tf.int32)
accuracy = float(tf.reduce_mean(tf.cast(answers == y[1000:], tf.float32)))
