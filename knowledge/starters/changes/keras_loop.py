"""Your own loop, in Keras.

The loss asks for something that ``fit`` has no setting for: an example that is measured
or written a little differently must get nearly the same answer. Model, loss, optimizer
and loop are the same on every backend; only the gradients are asked for in the
backend's own words.
"""

# %% Settings
NOISE = 0.1  # how differently: in standard deviations, or as a share of the words
CONSISTENCY = 0.1  # how much equal answers count beside right answers

# %% Imports
from keras import ops


# %% Training
def differently(x):
    """The same examples, measured or written a little differently."""
    if x.dtype.kind == "f":
        noise = dice.normal(0, NOISE, x.shape) * x.std(axis=0)
        return x + noise.astype(x.dtype)
    return np.where(dice.random(x.shape) < NOISE, 1, x)  # 1 is the unknown word


def loss_of(answers, y):
    """Right answers, and equal answers: the batch holds every example twice."""
    first, second = ops.split(answers, 2)
    equal = ops.mean(ops.square(first - second))
    return model.compute_loss(y=y, y_pred=first) + CONSISTENCY * equal


# The one part that every backend words differently; the other two may be deleted.
if BACKEND == "tensorflow":
    import tensorflow as tf

    @tf.function
    def loss_and_gradients(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(model(x, training=True), y)
        return loss, tape.gradient(loss, model.trainable_variables)

elif BACKEND == "torch":

    def loss_and_gradients(x, y):
        model.zero_grad()
        loss = loss_of(model(x, training=True), y)
        loss.backward()
        return loss.detach(), [one.value.grad for one in model.trainable_variables]

else:
    import jax

    def stateless_loss(weights, fixed, x, y):
        # JAX differentiates functions of values, so the weights are an argument, and
        # what else the model changes (the dice of its dropout) comes back as a value.
        answers, fixed = model.stateless_call(weights, fixed, x, training=True)
        return loss_of(answers, y), fixed

    differentiated = jax.jit(jax.value_and_grad(stateless_loss, has_aux=True))

    def loss_and_gradients(x, y):
        weights = [one.value for one in model.trainable_variables]
        fixed = [one.value for one in model.non_trainable_variables]
        (loss, fixed), gradients = differentiated(weights, fixed, x, y)
        for variable, value in zip(model.non_trainable_variables, fixed, strict=True):
            variable.assign(value)
        return loss, gradients


def batches():
    """The training rows in a new order, BATCH at a time; a short rest is left out."""
    order = dice.permutation(len(x_train))
    for start in range(0, len(order) - BATCH + 1, BATCH):
        yield order[start : start + BATCH]


dice = np.random.default_rng(SEED)
best_loss, best_weights = float("inf"), model.get_weights()
for epoch in range(1, EPOCHS + 1):
    for rows in batches():
        twice = np.concatenate([x_train[rows], differently(x_train[rows])])
        batch = ops.convert_to_tensor(twice), ops.convert_to_tensor(y_train[rows])
        loss, gradients = loss_and_gradients(*batch)
        model.optimizer.apply(gradients, model.trainable_variables)
    answers = model(ops.convert_to_tensor(x_val), training=False)
    loss = model.compute_loss(y=ops.convert_to_tensor(y_val), y_pred=answers)
    val_loss = float(ops.convert_to_numpy(loss))
    if val_loss < best_loss:
        best_loss, best_weights = val_loss, model.get_weights()
    print(f"epoch {epoch:2}: validation loss {val_loss:.3f}")
model.set_weights(best_weights)
