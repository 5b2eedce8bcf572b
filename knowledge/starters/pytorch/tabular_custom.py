"""Your own training loop, in PyTorch: which grower does a wine come from?

178 wines with 13 measurements each; the data ships with scikit-learn, so nothing is
downloaded. The loop does what a plain one does not: a wine that was measured a little
differently must get nearly the same answer, long gradients are shortened, and the
learning rate rises at first and then falls.
"""

# %% Settings
ROWS = 178  # rows to use; this is all that ship
CLASSES = 3  # how many different answers there are
BATCH = 16  # rows that the model sees before each small correction
EPOCHS = 20  # passes over the training rows
NOISE = 0.3  # how differently a wine is measured, in standard deviations
CONSISTENCY = 1.0  # how much equal answers count beside right answers
CLIP = 1.0  # gradients longer than this are shortened
SEED = 7  # the same seed gives the same split and the same first weights

# %% Imports
import copy

import numpy as np
import torch
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from torch import nn
from torch.nn import functional

torch.manual_seed(SEED)

# PyTorch computes where its tensors lie, so model and data are both moved there.
found = torch.accelerator.is_available()  # a GPU of NVIDIA, AMD, Intel or Apple
device = torch.accelerator.current_accelerator() if found else torch.device("cpu")
print(f"PyTorch {torch.__version__} on {device}")

# %% Data
x, y = load_wine(return_X_y=True)
order = np.random.default_rng(SEED).permutation(len(x))[:ROWS]
x, y = x[order].astype("float32"), y[order].astype("int64")
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.4, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
x_train, x_val, x_test = (
    torch.from_numpy((part - mean) / spread).to(device)
    for part in (x_train, x_val, x_test)
)
y_train, y_val, y_test = (
    torch.from_numpy(part).to(device) for part in (y_train, y_val, y_test)
)
print(f"{len(x_train)} rows to train, {len(x_val)} to validate, {len(x_test)} to test")


# %% Model
def make_model():
    return nn.Sequential(
        nn.Linear(x.shape[1], 32), nn.ReLU(), nn.Linear(32, CLASSES)
    ).to(device)


model = make_model()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
steps = EPOCHS * (len(x_train) // BATCH)
schedule = torch.optim.lr_scheduler.OneCycleLR(
    optimizer, max_lr=0.02, total_steps=steps
)


def loss_of(x, y):
    """Right answers, and equal answers for equal wines."""
    clean, noisy = model(x), model(x + NOISE * torch.randn_like(x))
    difference = functional.mse_loss(clean.softmax(dim=1), noisy.softmax(dim=1))
    return functional.cross_entropy(clean, y) + CONSISTENCY * difference


# %% Training
def batches():
    """The training rows in a new order, BATCH at a time; a short rest is left out."""
    order = torch.randperm(len(x_train), device=device)
    for start in range(0, len(order) - BATCH + 1, BATCH):
        yield order[start : start + BATCH]


def accuracy_on(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(dim=1) == y).float().mean().item()


best, best_weights = 0.0, None
for epoch in range(1, EPOCHS + 1):
    losses = []
    for rows in batches():
        loss = loss_of(x_train[rows], y_train[rows])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    right = accuracy_on(model, x_val, y_val)
    if right >= best:
        best, best_weights = right, copy.deepcopy(model.state_dict())
    print(f"epoch {epoch:2}: loss {np.mean(losses):.3f}, validation {right:.3f}")
model.load_state_dict(best_weights)

# %% Result
# A model is worth something only if it beats the simplest answer: to say what is
# most frequent, whatever the wine.
most_frequent = y_train.bincount().argmax()
baseline = (y_test == most_frequent).float().mean().item()
accuracy = accuracy_on(model, x_test, y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} rows it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep mean and spread too if another program is to use the model.
torch.save(model.state_dict(), "model.pt")
loaded = make_model()
loaded.load_state_dict(torch.load("model.pt", weights_only=True))
with torch.no_grad():
    same = torch.allclose(model(x_test), loaded(x_test), atol=1e-5)
print("Saved to model.pt; the loaded model", "agrees." if same else "DIFFERS!")
