"""Early stopping, the best weights kept on disk, and a log of every epoch."""

import csv

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
dice = np.random.default_rng(0)
x = dice.normal(size=(1200, 8)).astype("float32")
y = (x[:, 0] + x[:, 1] > 0).astype("int64")

x, y = torch.from_numpy(x), torch.from_numpy(y)
batches = DataLoader(TensorDataset(x[:800], y[:800]), batch_size=32, shuffle=True)
model = nn.Sequential(
    nn.Linear(8, 32),
    nn.ReLU(),
    nn.Linear(32, 2),
)
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)


def judged(x, y):
    model.eval()
    with torch.no_grad():
        scores = model(x)
    accuracy = (scores.argmax(dim=1) == y).float().mean().item()
    return loss_function(scores, y).item(), accuracy


best, waited = float("inf"), 0
with open("log.csv", "w", newline="") as file:
    log = csv.writer(file)
    for epoch in range(10):
        model.train()
        for x_batch, y_batch in batches:
            loss = loss_function(model(x_batch), y_batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        val_loss, val_accuracy = judged(x[800:1000], y[800:1000])
        log.writerow([epoch, loss.item(), val_loss, val_accuracy])
        if val_loss < best:
            best, waited = val_loss, 0
            torch.save(model.state_dict(), "best.pt")
        else:
            waited += 1
        if waited == 2:
            break
model.load_state_dict(torch.load("best.pt", weights_only=True))
loss, accuracy = judged(x[1000:], y[1000:])
