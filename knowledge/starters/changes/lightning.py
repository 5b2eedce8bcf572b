"""A first model, in PyTorch with Lightning.

Lightning runs the loop: you say what one step is, it finds the GPU, counts epochs and
keeps the best weights. The model inside stays an ordinary one of PyTorch.
"""

# %% Imports
import lightning
from lightning.pytorch.callbacks import ModelCheckpoint


# %% Lesson
class Lesson(lightning.LightningModule):
    """What Lightning has to know: one training step, one validation step."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def training_step(self, batch, number):
        x_batch, y_batch = batch  # both lie on the right device already
        return loss_function(self.model(x_batch), y_batch)

    def validation_step(self, batch, number):
        x_batch, y_batch = batch
        self.log("val_loss", loss_function(self.model(x_batch), y_batch))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=0.002)


# %% Training
class Reporter(lightning.Callback):
    """Says after each epoch how well the model does on what it has not learnt from."""

    def on_validation_epoch_end(self, trainer, lesson):
        val_loss = trainer.callback_metrics["val_loss"]
        print(f"epoch {trainer.current_epoch + 1:2}: validation loss {val_loss:.3f}")


val_set = TensorDataset(torch.from_numpy(x_val), torch.from_numpy(y_val))
val_batches = DataLoader(val_set, batch_size=BATCH)
best = ModelCheckpoint(
    dirpath="checkpoints", monitor="val_loss", save_weights_only=True
)
trainer = lightning.Trainer(
    max_epochs=EPOCHS,
    callbacks=[Reporter(), best],
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
