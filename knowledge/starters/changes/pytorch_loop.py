"""Your own loop, in PyTorch.

The loop does what a plain one does not: an example that is measured or written a
little differently must get nearly the same answer, long gradients are shortened, and
the learning rate rises at first and then falls.
"""


# %% Training
def loss_of(x, y):
    """Right answers, and equal answers for equal examples."""
    answers, others = model(x), model(differently(x))
    return loss_function(answers, y) + CONSISTENCY * functional.mse_loss(
        answers, others
    )


optimizer = torch.optim.AdamW(model.parameters(), lr=0.001)
schedule = torch.optim.lr_scheduler.OneCycleLR(
    optimizer, max_lr=0.005, total_steps=EPOCHS * len(train_batches)
)
best_loss, best_weights = float("inf"), None
for epoch in range(1, EPOCHS + 1):
    model.train()
    for x_batch, y_batch in train_batches:
        loss = loss_of(x_batch.to(device), y_batch.to(device))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        schedule.step()
    val_loss = loss_function(answers_of(model, x_val), torch.from_numpy(y_val)).item()
    if val_loss < best_loss:
        best_loss, best_weights = val_loss, copy.deepcopy(model.state_dict())
    print(f"epoch {epoch:2}: validation loss {val_loss:.3f}")
model.load_state_dict(best_weights)
