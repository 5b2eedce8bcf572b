"""A first model for text, in Keras: is a review friendly or not?

The script writes its own 2,000 short reviews, so nothing is downloaded. Word order
matters in them: "not very good" is no praise. It runs in well under a minute on any
computer. To use texts of your own, change the settings and the cell "Data".
"""

# %% Settings
BACKEND = "tensorflow"  # what Keras computes with: "tensorflow", "torch" or "jax"
ROWS = 2_000  # reviews to write
CLASSES = 2  # how many different answers there are: 0 is unfriendly, 1 is friendly
MISTAKES = 0.05  # share of the answers that are wrong, as in data from real life
WORDS = 12  # words of each text that are read; shorter texts are filled up
BATCH = 32  # texts that the model sees before each small correction
EPOCHS = 12  # passes over the training texts, at most
SEED = 7  # the same seed gives the same texts and the same first weights

# %% Imports
import os
import random

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
# A list of texts and a list of right answers; with your own, read them from a file.
THINGS = "camera battery screen story acting music soup service hotel train".split()
PRAISE = "good great lovely brilliant pleasant superb".split()
BLAME = "bad awful boring terrible weak dreadful".split()
HOW = ["", "very", "really", "quite", "so"]
START = ["", "honestly", "i think", "last week", "to my surprise", "as always"]
END = ["", "again", "this time", "for the price", "if you ask me", "in the end"]


def write_review():
    """One review, and 1 where it praises; "not" turns praise into blame."""
    praises, negated = random.random() < 0.5, random.random() < 0.4
    word = random.choice(PRAISE if praises else BLAME)
    verb = "was not" if negated else "was"
    parts = [random.choice(START), "the", random.choice(THINGS), verb]
    parts += [random.choice(HOW), word, random.choice(END)]
    friendly = praises != negated
    if random.random() < MISTAKES:
        friendly = not friendly
    return " ".join(" ".join(parts).split()), int(friendly)


reviews = {}  # a dictionary, so that no text is in two of the parts below
while len(reviews) < ROWS:
    text, friendly = write_review()
    reviews[text] = friendly
texts, y = list(reviews), np.array(list(reviews.values()))
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"

# Three parts: one to learn from (70 %), one to see when to stop, and one that stays in
# the drawer until the end. These texts are in no order, so cutting is
# enough; shuffle your own.
first, second = int(0.7 * len(texts)), int(0.85 * len(texts))

# %% Words to numbers
# Every word of the training texts gets a number. 0 fills up, 1 is an unknown word.
known = sorted({word for text in texts[:first] for word in text.split()})
number = {word: place for place, word in enumerate(known, start=2)}
x = np.zeros((len(texts), WORDS), dtype="int32")
for row, text in enumerate(texts):
    for place, word in enumerate(text.split()[:WORDS]):
        x[row, place] = number.get(word, 1)
x_train, x_val, x_test = np.split(x, [first, second])
y_train, y_val, y_test = np.split(y, [first, second])
print(f"{texts[0]!r} is read as {x[0].tolist()} and should give {y[0]}")

# %% Model
# Each word becomes 16 learnt numbers; the convolution looks at three neighbouring
# words, enough to see a "not" before "very good"; the maximum keeps what was found.
model = keras.Sequential(
    [
        keras.Input((WORDS,), dtype="int32"),
        keras.layers.Embedding(len(known) + 2, 16),
        keras.layers.Conv1D(32, 3, activation="relu"),
        keras.layers.GlobalMaxPooling1D(),
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
# most frequent, whatever was written.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
probabilities = model.predict(x_test, verbose=0)
accuracy = np.mean(probabilities.argmax(axis=1) == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} texts it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep the numbers of the words too if another program is to use the model.
model.save("model.keras")
loaded = keras.saving.load_model("model.keras")
same = np.allclose(probabilities, loaded.predict(x_test, verbose=0), atol=1e-5)
print("Saved to model.keras; the loaded model", "agrees." if same else "DIFFERS!")
