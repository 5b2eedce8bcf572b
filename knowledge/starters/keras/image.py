"""A first model for images, in Keras: which digit was written here?

1,797 scanned digits of 8 x 8 pixels; the data ships with scikit-learn, so nothing is
downloaded. It runs in well under a minute on any computer. To use pictures of your
own, change the settings and the cell "Data"; everything after it can stay as it is.
"""

# %% Settings
BACKEND = "tensorflow"  # what Keras computes with: "tensorflow", "torch" or "jax"
ROWS = 1_797  # images to use; this is all that ship
CLASSES = 10  # how many different answers there are
BATCH = 32  # images that the model sees before each small correction
EPOCHS = 8  # passes over the training images, at most
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
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(SEED)

# A GPU is used by itself where the backend finds one. This only looks which it was.
device = str(keras.ops.ones(1).device).lower()
on_gpu = any(name in device for name in ("cuda", "gpu", "mps", "tpu"))
print(f"Keras {keras.__version__} on {BACKEND}, {'accelerator' if on_gpu else 'CPU'}")

# %% Data
# Keras wants images as (image, height, width, channel). Grey pictures have one
# channel, colour has three. The pixels run from 0 to 16.
digits = load_digits()
x = digits.images[:ROWS, :, :, np.newaxis].astype("float32")
y = digits.target[:ROWS]
BRIGHTEST = 16  # 255 for ordinary pictures
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"

# Three parts: one to learn from, one to see when to stop, and one that stays in the
# drawer until the end. Only the last says how good the model is on new images.
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.3, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
print(
    f"{len(x_train)} images to train, {len(x_val)} to validate, {len(x_test)} to test"
)

# %% Model
# Convolutions look at small patches and find strokes; pooling halves the picture, so
# that the next convolution sees more of it at once. The shape of the input is taken
# from the data; pictures of 100 pixels or more deserve two or three more such pairs.
layers = keras.layers
model = keras.Sequential(
    [
        keras.Input(x.shape[1:]),
        layers.Rescaling(1 / BRIGHTEST),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(0.2),  # forgets a little at random, against learning by heart
        layers.Dense(CLASSES, activation="softmax"),  # one probability per class
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.002),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
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
# A model is worth something only if it beats the simplest answer: to say what is
# most frequent, whatever the picture shows.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
probabilities = model.predict(x_test, verbose=0)
accuracy = np.mean(probabilities.argmax(axis=1) == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} images it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
model.save("model.keras")
loaded = keras.saving.load_model("model.keras")
same = np.allclose(probabilities, loaded.predict(x_test, verbose=0), atol=1e-5)
print("Saved to model.keras; the loaded model", "agrees." if same else "DIFFERS!")
