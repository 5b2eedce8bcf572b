"""Early stopping, the best weights kept on disk, and a log of every epoch."""

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
model.fit(
    x[:800],
    y[:800],
    validation_data=(x[800:1000], y[800:1000]),
    epochs=10,
    verbose=0,
    callbacks=[
        keras.callbacks.EarlyStopping(patience=2),
        keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True),
        keras.callbacks.CSVLogger("log.csv"),
    ],
)
best = keras.saving.load_model("best.keras")
loss, accuracy = best.evaluate(x[1000:], y[1000:], verbose=0)
