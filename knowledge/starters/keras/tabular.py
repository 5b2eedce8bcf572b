"""A first model for tables, in Keras: is a tumour benign or not?

569 patients with 30 measurements each; the data ships with scikit-learn, so nothing
is downloaded. It runs in a few seconds on any computer. To use a table of your own,
change the settings and the cell "Data"; everything after it can stay as it is.
"""

# %% Settings
BACKEND = "tensorflow"  # what Keras computes with: "tensorflow", "torch" or "jax"
ROWS = 569  # rows to use; this is all that ship
CLASSES = 2  # how many different answers there are
BATCH = 32  # rows that the model sees before each small correction
EPOCHS = 25  # passes over the training rows, at most
SEED = 7  # the same seed gives the same split and the same first weights

# %% Imports
import os

# Keras reads its backend at the moment it is imported, so this line comes first.
os.environ["KERAS_BACKEND"] = BACKEND
# TensorFlow reports at length, and as an error, that a computer has no GPU. This keeps
# it quiet; mistakes in the program are shown all the same.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(SEED)

# A GPU is used by itself where the backend finds one. This only looks which it was.
device = str(keras.ops.ones(1).device).lower()
on_gpu = any(name in device for name in ("cuda", "gpu", "mps", "tpu"))
print(f"Keras {keras.__version__} on {BACKEND}, {'accelerator' if on_gpu else 'CPU'}")

# %% Data
# x holds one row per patient, y the right answer as a number: 0 or 1.
x, y = load_breast_cancer(return_X_y=True)
x, y = x[:ROWS].astype("float32"), y[:ROWS]
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"

# Three parts: one to learn from, one to see when to stop, and one that stays in the
# drawer until the end. Only the last says how good the model is on new patients.
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.3, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
print(f"{len(x_train)} rows to train, {len(x_val)} to validate, {len(x_test)} to test")

# %% Model
# The columns have very different scales. This layer learns mean and spread of each,
# from the training rows only, and travels inside the saved model.
normalize = keras.layers.Normalization()
normalize.adapt(x_train)

model = keras.Sequential(
    [
        keras.Input((x.shape[1],)),
        normalize,
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(CLASSES, activation="softmax"),  # one probability each
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.002),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.summary()

# %% Training
# Once the validation loss has not improved for five epochs, the best weights return.
stop = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
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
# A model is worth something only if it beats the simplest answer: to say what is
# most frequent, whoever the patient is.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
probabilities = model.predict(x_test, verbose=0)
accuracy = np.mean(probabilities.argmax(axis=1) == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} rows it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
model.save("model.keras")
loaded = keras.saving.load_model("model.keras")
same = np.allclose(probabilities, loaded.predict(x_test, verbose=0), atol=1e-5)
print("Saved to model.keras; the loaded model", "agrees." if same else "DIFFERS!")
