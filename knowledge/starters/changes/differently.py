# %% Settings
NOISE = 0.1  # how differently: in standard deviations, or as a share of the words
CONSISTENCY = 0.1  # how much equal answers count beside right answers
CLIP = 1.0  # gradients longer than this are shortened

# %% Imports
from torch.nn import functional


# %% The same, a little differently
def differently(x):
    """The same examples, measured or written a little differently."""
    if x.is_floating_point():
        return x + NOISE * x.std(dim=0, correction=0) * torch.randn_like(x)
    unread = torch.rand(x.shape, device=x.device) < NOISE
    return torch.where(unread, 1, x)  # 1 is the unknown word
