"""A first model for a series, in PyTorch: what will the next hour bring?

The script makes its own series, hourly demand with a daily and a weekly rhythm and
noise, so nothing is downloaded. It runs in well under a minute on any computer. To
use a series of your own, change the settings and the cell "Data".
"""

# %% Settings
ROWS = 3_000  # hours in the series
WINDOW = 48  # past hours that each forecast may look at
BATCH = 32  # windows that the model sees before each small correction
EPOCHS = 10  # passes over the training windows
SEED = 7  # the same seed gives the same series and the same first weights

# %% Imports
import copy

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(SEED)

# PyTorch computes where its tensors lie, so model and data are both moved there.
found = torch.accelerator.is_available()  # a GPU of NVIDIA, AMD, Intel or Apple
device = torch.accelerator.current_accelerator() if found else torch.device("cpu")
print(f"PyTorch {torch.__version__} on {device}")

# %% Data
# One number per hour, oldest first.
hours = np.arange(ROWS)
day = 20 * np.sin(2 * np.pi * hours / 24)
week = 8 * np.sin(2 * np.pi * hours / (24 * 7))
noise = np.random.default_rng(SEED).normal(0, 3, ROWS)
series = (100 + day + week + noise).astype("float32")

# A forecast is tested on the future, never on hours mixed into the past: the first
# 70 % are for learning, the next 15 % to choose the best epoch by, the last for the
# test.
first, second = int(0.7 * len(series)), int(0.85 * len(series))

# Scaled by what is known in the training part; the future must not leak into it.
mean, spread = series[:first].mean(), series[:first].std()
scaled = (series - mean) / spread


def windows(start, end):
    """Every window whose next hour lies in ``start .. end``, and that next hour."""
    places = range(max(start, WINDOW), end)
    x = np.stack([scaled[place - WINDOW : place] for place in places])
    return x[:, np.newaxis, :], scaled[list(places), np.newaxis]


x_train, y_train = windows(0, first)
x_val, y_val = windows(first, second)
x_test, y_test = windows(second, len(series))
print(f"{len(x_train)} hours to train, {len(x_val)} to validate, {len(x_test)} to test")

train_set = TensorDataset(torch.from_numpy(x_train), torch.from_numpy(y_train))
train_batches = DataLoader(train_set, batch_size=BATCH, shuffle=True)


# %% Model
# The convolution finds short patterns (rising, at the peak, falling), the linear layers
# weigh them up into one number: the next hour.
def make_model():
    places = (WINDOW - 5) // 2 + 1  # where a patch of 5 hours fits, in steps of 2
    return nn.Sequential(
        nn.Conv1d(1, 16, 5, stride=2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(16 * places, 32),
        nn.ReLU(),
        nn.Linear(32, 1),
    )


model = make_model().to(device)
print(model)


# %% Answers and loss
def answers_of(model, x):
    """The next hour after each window in NumPy, without learning from it."""
    model.eval()
    with torch.no_grad():
        return model(torch.from_numpy(x).to(device)).cpu()


loss_function = nn.MSELoss()

# %% Training
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
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
    print(f"epoch {epoch:2}: validation loss {val_loss:.4f}")
model.load_state_dict(best_weights)

# %% Result
# A forecast is worth something only if it beats the simplest one: that the next hour
# will be as the last. Errors are in the units of the series.
forecast = answers_of(model, x_test)
baseline = np.mean(np.abs(x_test[:, :, -1] - y_test)) * spread
error = np.mean(np.abs(forecast.numpy() - y_test)) * spread
print(f"baseline error {baseline:.2f} (the next hour is as the last)")
print(f"model    error {error:.2f} on {len(y_test)} hours it has never seen")
print("The model", "beats" if error < baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep mean and spread too if another program is to use the model.
torch.save(model.state_dict(), "model.pt")
loaded = make_model().to(device)
loaded.load_state_dict(torch.load("model.pt", weights_only=True))
same = torch.allclose(forecast, answers_of(loaded, x_test), atol=1e-5)
print("Saved to model.pt; the loaded model", "agrees." if same else "DIFFERS!")
