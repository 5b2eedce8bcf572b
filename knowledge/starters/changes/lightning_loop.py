"""Your own loop, in PyTorch with Lightning.

What happens in a step is yours here (``automatic_optimization = False``). The step does
what a plain one does not: an example that is measured or written a little differently
must get nearly the same answer, and long gradients are shortened.
"""


# %% Lesson
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

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=0.002)
