"""Your own training loop, in Keras: which grower does a wine come from?

178 wines with 13 measurements each; the data ships with scikit-learn, so nothing is
downloaded. The loss asks for something that ``fit`` has no setting for: a wine that
was measured a little differently must get nearly the same answer. Model, loss,
optimizer and loop are the same on every backend; only the gradients are asked for in
the backend's own words.
"""

# %% Settings
BACKEND = "tensorflow"  # what Keras computes with: "tensorflow", "torch" or "jax"
ROWS = 178  # rows to use; this is all that ship
CLASSES = 3  # how many different answers there are
BATCH = 16  # rows that the model sees before each small correction
EPOCHS = 20  # passes over the training rows
NOISE = 0.3  # how differently a wine is measured, in standard deviations
CONSISTENCY = 1.0  # how much equal answers count beside right answers
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
from keras import ops
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(SEED)
random = np.random.default_rng(SEED)

# A GPU is used by itself where the backend finds one. This only looks which it was.
device = str(ops.ones(1).device).lower()
on_gpu = any(name in device for name in ("cuda", "gpu", "mps", "tpu"))
print(f"Keras {keras.__version__} on {BACKEND}, {'accelerator' if on_gpu else 'CPU'}")

# %% Data
x, y = load_wine(return_X_y=True)
order = random.permutation(len(x))[:ROWS]
x, y = x[order].astype("float32"), y[order].astype("int32")
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.4, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
x_train, x_val, x_test = ((part - mean) / spread for part in (x_train, x_val, x_test))
print(f"{len(x_train)} rows to train, {len(x_val)} to validate, {len(x_test)} to test")

# %% Model
model = keras.Sequential(
    [
        keras.Input((x.shape[1],)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(CLASSES),
    ]
)
optimizer = keras.optimizers.Adam(0.01, global_clipnorm=1.0)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def loss_of(answer, x, noisy_x, y):
    """Right answers, and equal answers; ``answer`` is the model as a function."""
    clean, noisy = answer(x), answer(noisy_x)
    difference = ops.mean(ops.square(ops.softmax(clean) - ops.softmax(noisy)))
    return cross_entropy(y, clean) + CONSISTENCY * difference


# %% Gradients
# The one part that every backend words differently; the other two may be deleted.
if BACKEND == "tensorflow":
    import tensorflow as tf

    @tf.function
    def loss_and_gradients(*batch):
        with tf.GradientTape() as tape:
            loss = loss_of(model, *batch)
        return loss, tape.gradient(loss, model.trainable_variables)

elif BACKEND == "torch":

    def loss_and_gradients(*batch):
        model.zero_grad()
        loss = loss_of(model, *batch)
        loss.backward()
        return loss.detach(), [one.value.grad for one in model.trainable_variables]

else:
    import jax

    def stateless_loss(weights, fixed, *batch):
        # JAX differentiates functions of values, so the weights are an argument.
        return loss_of(lambda x: model.stateless_call(weights, fixed, x)[0], *batch)

    differentiated = jax.jit(jax.value_and_grad(stateless_loss))

    def loss_and_gradients(*batch):
        weights = [one.value for one in model.trainable_variables]
        fixed = [one.value for one in model.non_trainable_variables]
        return differentiated(weights, fixed, *batch)


# %% Training
def batches():
    """The training rows in a new order, BATCH at a time; a short rest is left out."""
    order = random.permutation(len(x_train))
    for start in range(0, len(order) - BATCH + 1, BATCH):
        yield order[start : start + BATCH]


def logits_of(x):
    return ops.convert_to_numpy(model(x, training=False))


best, best_weights = 0.0, model.get_weights()
for epoch in range(1, EPOCHS + 1):
    losses = []
    for rows in batches():
        noise = random.normal(0, NOISE, x_train[rows].shape).astype("float32")
        batch = x_train[rows], x_train[rows] + noise, y_train[rows]
        loss, gradients = loss_and_gradients(*map(ops.convert_to_tensor, batch))
        optimizer.apply(gradients, model.trainable_variables)
        losses.append(float(loss))
    right = np.mean(logits_of(x_val).argmax(axis=1) == y_val)
    if right >= best:
        best, best_weights = right, model.get_weights()
    print(f"epoch {epoch:2}: loss {np.mean(losses):.3f}, validation {right:.3f}")
model.set_weights(best_weights)

# %% Result
# A model is worth something only if it beats the simplest answer: to say what is
# most frequent, whatever the wine.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
logits = logits_of(x_test)
accuracy = np.mean(logits.argmax(axis=1) == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} rows it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep mean and spread too if another program is to use the model.
model.save("model.keras")
loaded = keras.saving.load_model("model.keras")
again = ops.convert_to_numpy(loaded(x_test, training=False))
same = np.allclose(logits, again, atol=1e-5)
print("Saved to model.keras; the loaded model", "agrees." if same else "DIFFERS!")
