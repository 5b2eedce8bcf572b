"""A first model for tables, in PyTorch: is a tumour benign or not?

569 patients with 30 measurements each; the data ships with scikit-learn, so nothing
is downloaded. It runs in a few seconds on any computer. To use a table of your own,
change the settings and the cell "Data"; everything after it can stay as it is.
"""

# %% Settings
ROWS = 569  # rows to use; this is all that ship
CLASSES = 2  # how many different answers there are
BATCH = 32  # rows that the model sees before each small correction
EPOCHS = 25  # passes over the training rows
SEED = 7  # the same seed gives the same split and the same first weights

# %% Imports
import copy

import numpy as np
import torch
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(SEED)

# PyTorch computes where its tensors lie, so model and data are both moved there.
found = torch.accelerator.is_available()  # a GPU of NVIDIA, AMD, Intel or Apple
device = torch.accelerator.current_accelerator() if found else torch.device("cpu")
print(f"PyTorch {torch.__version__} on {device}")

# %% Data
# x holds one row per patient, y the right answer as a number: 0 or 1.
x, y = load_breast_cancer(return_X_y=True)
x, y = x[:ROWS].astype("float32"), y[:ROWS].astype("int64")
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"

# Three parts: one to learn from, one to choose the best epoch by, and one that stays
# in the drawer until the end. Only the last says how good the model is on new patients.
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.3, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
print(f"{len(x_train)} rows to train, {len(x_val)} to validate, {len(x_test)} to test")

train_set = TensorDataset(torch.from_numpy(x_train), torch.from_numpy(y_train))
train_batches = DataLoader(train_set, batch_size=BATCH, shuffle=True)


# %% Model
class TableModel(nn.Module):
    def __init__(self, features, classes):
        super().__init__()
        # The columns have very different scales. Buffers are saved with the weights,
        # but not trained.
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("spread", torch.ones(features))
        self.layers = nn.Sequential(
            nn.Linear(features, 32),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(32, classes),  # one score per class; the highest is the answer
        )

    def forward(self, x):
        return self.layers((x - self.mean) / self.spread)


model = TableModel(x.shape[1], CLASSES)
model.mean.copy_(torch.from_numpy(x_train.mean(axis=0)))  # from training rows only
model.spread.copy_(torch.from_numpy(x_train.std(axis=0)))
model.to(device)
print(model)


# %% Answers and loss
def answers_of(model, x):
    """What the model says about rows in NumPy, without learning from them."""
    model.eval()  # dropout is for training only
    with torch.no_grad():
        return model(torch.from_numpy(x).to(device)).cpu()


loss_function = nn.CrossEntropyLoss()

# %% Training
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
best_loss, best_weights = float("inf"), None
for epoch in range(1, EPOCHS + 1):
    model.train()
    for x_batch, y_batch in train_batches:
        loss = loss_function(model(x_batch.to(device)), y_batch.to(device))
        optimizer.zero_grad()  # forget the gradients of the batch before
        loss.backward()  # in which direction does each weight make it worse?
        optimizer.step()  # one small step the other way
    val_loss = loss_function(answers_of(model, x_val), torch.from_numpy(y_val)).item()
    if val_loss < best_loss:
        best_loss, best_weights = val_loss, copy.deepcopy(model.state_dict())
    print(f"epoch {epoch:2}: validation loss {val_loss:.3f}")
model.load_state_dict(best_weights)

# %% Result
# A model is worth something only if it beats the simplest answer: to say what is
# most frequent, whoever the patient is.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
scores = answers_of(model, x_test)
accuracy = np.mean(scores.argmax(dim=1).numpy() == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} rows it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Only the numbers are saved; to load them, the class above must be at hand.
torch.save(model.state_dict(), "model.pt")
loaded = TableModel(x.shape[1], CLASSES).to(device)
loaded.load_state_dict(torch.load("model.pt", weights_only=True))
same = torch.allclose(scores, answers_of(loaded, x_test), atol=1e-5)
print("Saved to model.pt; the loaded model", "agrees." if same else "DIFFERS!")
