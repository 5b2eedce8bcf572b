"""A first model for images, in PyTorch: which digit was written here?

1,797 scanned digits of 8 x 8 pixels; the data ships with scikit-learn, so nothing is
downloaded. It runs in well under a minute on any computer. To use pictures of your
own, change the settings and the cell "Data"; everything after it can stay as it is.
"""

# %% Settings
ROWS = 1_797  # images to use; this is all that ship
CLASSES = 10  # how many different answers there are
BATCH = 32  # images that the model sees before each small correction
EPOCHS = 8  # passes over the training images
SEED = 7  # the same seed gives the same split and the same first weights

# %% Imports
import copy

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(SEED)

# PyTorch computes where its tensors lie, so model and data are both moved there.
found = torch.accelerator.is_available()  # a GPU of NVIDIA, AMD, Intel or Apple
device = torch.accelerator.current_accelerator() if found else torch.device("cpu")
print(f"PyTorch {torch.__version__} on {device}")

# %% Data
# PyTorch wants images as (image, channel, height, width). Grey pictures have one
# channel, colour has three. The pixels run from 0 to 16; the model gets 0 to 1.
BRIGHTEST = 16  # 255 for ordinary pictures
digits = load_digits()
x = digits.images[:ROWS, np.newaxis, :, :].astype("float32") / BRIGHTEST
y = digits.target[:ROWS].astype("int64")
assert len(set(y)) == CLASSES, f"set CLASSES to {len(set(y))}"

# Three parts: one to learn from, one to choose the best epoch by, and one that stays
# in the drawer until the end. Only the last says how good the model is on new images.
x_train, x_rest, y_train, y_rest = train_test_split(
    x, y, test_size=0.3, random_state=SEED, stratify=y
)
x_val, x_test, y_val, y_test = train_test_split(
    x_rest, y_rest, test_size=0.5, random_state=SEED, stratify=y_rest
)
print(
    f"{len(x_train)} images to train, {len(x_val)} to validate, {len(x_test)} to test"
)

train_set = TensorDataset(torch.from_numpy(x_train), torch.from_numpy(y_train))
train_batches = DataLoader(train_set, batch_size=BATCH, shuffle=True)


# %% Model
# Convolutions look at small patches and find strokes; pooling halves the picture, so
# that the next convolution sees more of it at once. Pictures of 100 pixels or more
# deserve two or three more such pairs.
def make_model(channels, classes):
    return nn.Sequential(
        nn.Conv2d(channels, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.2),  # forgets a little at random, against learning by heart
        nn.LazyLinear(classes),  # finds its input size when it sees the first image
    )


model = make_model(x.shape[1], CLASSES)
model(torch.from_numpy(x[:1]))  # the lazy layer gets its size here
model.to(device)
print(model)


# %% Answers and loss
def answers_of(model, x):
    """What the model says about images in NumPy, without learning from them."""
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
# most frequent, whatever the picture shows.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
scores = answers_of(model, x_test)
accuracy = np.mean(scores.argmax(dim=1).numpy() == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} images it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Only the numbers are saved; to load them, the same layers are made again.
torch.save(model.state_dict(), "model.pt")
loaded = make_model(x.shape[1], CLASSES)
loaded.load_state_dict(torch.load("model.pt", weights_only=True))
loaded.to(device)
same = torch.allclose(scores, answers_of(loaded, x_test), atol=1e-5)
print("Saved to model.pt; the loaded model", "agrees." if same else "DIFFERS!")
