"""A first model for a series, in Keras: what will the next hour bring?

The script makes its own series, hourly demand with a daily and a weekly rhythm and
noise, so nothing is downloaded. It runs in well under a minute on any computer. To
use a series of your own, change the settings and the cell "Data".
"""

# %% Settings
BACKEND = "tensorflow"  # what Keras computes with: "tensorflow", "torch" or "jax"
ROWS = 3_000  # hours in the series
WINDOW = 48  # past hours that each forecast may look at
BATCH = 32  # windows that the model sees before each small correction
EPOCHS = 15  # passes over the training windows, at most
SEED = 7  # the same seed gives the same series and the same first weights

# %% Imports
import os

# Keras reads its backend at the moment it is imported, so this line comes first.
os.environ["KERAS_BACKEND"] = BACKEND
# TensorFlow reports at length, and as an error, that a computer has no GPU. This keeps
# it quiet; mistakes in the program are shown all the same.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

keras.utils.set_random_seed(SEED)

# A GPU is used by itself where the backend finds one. This only looks which it was.
device = str(keras.ops.ones(1).device).lower()
on_gpu = any(name in device for name in ("cuda", "gpu", "mps", "tpu"))
print(f"Keras {keras.__version__} on {BACKEND}, {'accelerator' if on_gpu else 'CPU'}")

# %% Data
# One number per hour, oldest first.
hours = np.arange(ROWS)
day = 20 * np.sin(2 * np.pi * hours / 24)
week = 8 * np.sin(2 * np.pi * hours / (24 * 7))
noise = np.random.default_rng(SEED).normal(0, 3, ROWS)
series = (100 + day + week + noise).astype("float32")

# A forecast is tested on the future, never on hours mixed into the past: the first
# 70 % are for learning, the next 15 % to see when to stop, the last 15 % for the test.
first, second = int(0.7 * len(series)), int(0.85 * len(series))

# Scaled by what is known in the training part; the future must not leak into it.
mean, spread = series[:first].mean(), series[:first].std()
scaled = (series - mean) / spread


def windows(start, end):
    """Every window whose next hour lies in ``start .. end``, and that next hour."""
    places = range(max(start, WINDOW), end)
    x = np.stack([scaled[place - WINDOW : place] for place in places])
    return x[:, :, np.newaxis], scaled[list(places)]


x_train, y_train = windows(0, first)
x_val, y_val = windows(first, second)
x_test, y_test = windows(second, len(series))
print(f"{len(x_train)} hours to train, {len(x_val)} to validate, {len(x_test)} to test")

# %% Model
# The convolution finds short patterns (rising, at the peak, falling), the dense layers
# weigh them up into one number: the next hour.
model = keras.Sequential(
    [
        keras.Input((WINDOW, 1)),
        keras.layers.Conv1D(16, 5, strides=2, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ]
)
model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")
model.summary()

# %% Training
# Once the validation loss has not improved for three epochs, the best weights return.
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
model.fit(
    x_train,
    y_train,
    validation_data=(x_val, y_val),
    batch_size=BATCH,
    epochs=EPOCHS,
    callbacks=[stop],
    verbose=2,
)

# %% Result
# A forecast is worth something only if it beats the simplest one: that the next hour
# will be as the last. Errors are in the units of the series.
forecast = model.predict(x_test, verbose=0)[:, 0]
baseline = np.mean(np.abs(x_test[:, -1, 0] - y_test)) * spread
error = np.mean(np.abs(forecast - y_test)) * spread
print(f"baseline error {baseline:.2f} (the next hour is as the last)")
print(f"model    error {error:.2f} on {len(y_test)} hours it has never seen")
print("The model", "beats" if error < baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep mean and spread too if another program is to use the model.
model.save("model.keras")
loaded = keras.saving.load_model("model.keras")
same = np.allclose(forecast, loaded.predict(x_test, verbose=0)[:, 0], atol=1e-5)
print("Saved to model.keras; the loaded model", "agrees." if same else "DIFFERS!")
