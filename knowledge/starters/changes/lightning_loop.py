"""Your own loop, in PyTorch with Lightning.

Lightning still finds the GPU, counts epochs and keeps the best weights; what happens in
a step is yours (``automatic_optimization = False``). The step does what a plain one
does not: an example that is measured or written a little differently must get nearly
the same answer, and long gradients are shortened.
"""

# %% Settings
NOISE = 0.1  # how differently: in standard deviations, or as a share of the words
CONSISTENCY = 0.1  # how much equal answers count beside right answers
CLIP = 1.0  # gradients longer than this are shortened

# %% Imports
import lightning
from lightning.pytorch.callbacks import ModelCheckpoint
from torch.nn import functional


# %% Training
def differently(x):
    """The same examples, measured or written a little differently."""
    if x.is_floating_point():
        return x + NOISE * x.std(dim=0, correction=0) * torch.randn_like(x)
    unread = torch.rand(x.shape, device=x.device) < NOISE
    return torch.where(unread, 1, x)  # 1 is the unknown word


class Lesson(lightning.LightningModule):
    """What Lightning has to know; the training step moves the weights itself."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.automatic_optimization = False

    def training_step(self, batch, number):
        x_batch, y_batch = batch  # both lie on the right device already
        answers, others = self.model(x_batch), self.model(differently(x_batch))
        equal = functional.mse_loss(answers, others)
        loss = loss_function(answers, y_batch) + CONSISTENCY * equal
        optimizer = self.optimizers()
        optimizer.zero_grad()
        self.manual_backward(loss)
        self.clip_gradients(optimizer, CLIP, gradient_clip_algorithm="norm")
        optimizer.step()

    def validation_step(self, batch, number):
        x_batch, y_batch = batch
        self.log("val_loss", loss_function(self.model(x_batch), y_batch))

    def on_validation_epoch_end(self):
        val_loss = self.trainer.callback_metrics["val_loss"]
        print(f"epoch {self.current_epoch + 1:2}: validation loss {val_loss:.3f}")

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.002)


val_set = TensorDataset(torch.from_numpy(x_val), torch.from_numpy(y_val))
val_batches = DataLoader(val_set, batch_size=BATCH)
best = ModelCheckpoint(
    dirpath="checkpoints", monitor="val_loss", save_weights_only=True
)
trainer = lightning.Trainer(
    max_epochs=EPOCHS,
    callbacks=[best],
    logger=False,  # needs tensorboard or another package of its own
    num_sanity_val_steps=0,
    enable_progress_bar=False,
    enable_model_summary=False,
)
lesson = Lesson(model)
trainer.fit(lesson, train_batches, val_batches)
lesson.load_state_dict(
    torch.load(best.best_model_path, weights_only=True)["state_dict"]
)
model.to(device)
