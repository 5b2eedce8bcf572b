"""A first model for text, in PyTorch: is a review friendly or not?

The script writes its own 2,000 short reviews, so nothing is downloaded. Word order
matters in them: "not very good" is no praise. It runs in well under a minute on any
computer. To use texts of your own, change the settings and the cell "Data".
"""

# %% Settings
ROWS = 2_000  # reviews to write
CLASSES = 2  # how many different answers there are: 0 is unfriendly, 1 is friendly
MISTAKES = 0.05  # share of the answers that are wrong, as in data from real life
WORDS = 12  # words of each text that are read; shorter texts are filled up
BATCH = 32  # texts that the model sees before each small correction
EPOCHS = 8  # passes over the training texts
SEED = 7  # the same seed gives the same texts and the same first weights

# %% Imports
import copy
import random

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

random.seed(SEED)
torch.manual_seed(SEED)

# PyTorch computes where its tensors lie, so model and data are both moved there.
found = torch.accelerator.is_available()  # a GPU of NVIDIA, AMD, Intel or Apple
device = torch.accelerator.current_accelerator() if found else torch.device("cpu")
print(f"PyTorch {torch.__version__} on {device}")

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

# Three parts: one to learn from (70 %), one to choose the best epoch by, and one that
# stays in the drawer until the end. These texts are in no order, so cutting is
# enough; shuffle your own.
first, second = int(0.7 * len(texts)), int(0.85 * len(texts))

# %% Words to numbers
# Every word of the training texts gets a number. 0 fills up, 1 is an unknown word.
known = sorted({word for text in texts[:first] for word in text.split()})
number = {word: place for place, word in enumerate(known, start=2)}
x = np.zeros((len(texts), WORDS), dtype="int64")
for row, text in enumerate(texts):
    for place, word in enumerate(text.split()[:WORDS]):
        x[row, place] = number.get(word, 1)
x_train, x_val, x_test = np.split(x, [first, second])
y_train, y_val, y_test = np.split(y, [first, second])
print(f"{texts[0]!r} is read as {x[0].tolist()} and should give {y[0]}")

train_set = TensorDataset(torch.from_numpy(x_train), torch.from_numpy(y_train))
train_batches = DataLoader(train_set, batch_size=BATCH, shuffle=True)


# %% Model
# Each word becomes 16 learnt numbers; the convolution looks at three neighbouring
# words, enough to see a "not" before "very good"; the maximum keeps what was found.
class TextModel(nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.embedding = nn.Embedding(words, 16)
        self.convolution = nn.Conv1d(16, 32, 3)
        self.output = nn.Linear(32, classes)  # one score per class

    def forward(self, x):
        each_word = self.embedding(x).transpose(1, 2)  # (text, number, word)
        found = self.convolution(each_word).relu().amax(dim=2)
        return self.output(found)


model = TextModel(len(known) + 2, CLASSES).to(device)
print(model)


# %% Answers and loss
def answers_of(model, x):
    """What the model says about texts as numbers, without learning from them."""
    model.eval()
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
# most frequent, whatever was written.
most_frequent = np.bincount(y_train).argmax()
baseline = np.mean(y_test == most_frequent)
scores = answers_of(model, x_test)
accuracy = np.mean(scores.argmax(dim=1).numpy() == y_test)
print(f"baseline accuracy {baseline:.3f} (always the most frequent class)")
print(f"model    accuracy {accuracy:.3f} on {len(y_test)} texts it has never seen")
print("The model", "beats" if accuracy > baseline else "does not beat", "the baseline.")

# %% Save and load
# Keep the numbers of the words too if another program is to use the model.
torch.save(model.state_dict(), "model.pt")
loaded = TextModel(len(known) + 2, CLASSES).to(device)
loaded.load_state_dict(torch.load("model.pt", weights_only=True))
same = torch.allclose(scores, answers_of(loaded, x_test), atol=1e-5)
print("Saved to model.pt; the loaded model", "agrees." if same else "DIFFERS!")
