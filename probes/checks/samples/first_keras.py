"""A first classifier: the documented way."""

import keras
import numpy as np

keras.utils.set_random_seed(0)
dice = np.random.default_rng(0)
x = dice.normal(size=(1200, 8)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int32")

model = keras.Sequential(
    [
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(2, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x[:1000], y[:1000], batch_size=32, epochs=5, verbose=0)
loss, accuracy = model.evaluate(x[1000:], y[1000:], verbose=0)
