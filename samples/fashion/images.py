"""Fashion-MNIST: reading the IDX files, and the shifted slice."""

import gzip

import numpy

CLASSES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
FILES = {
    "train": ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    "test": ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
}


def paths(folder):
    return [folder / name for pair in FILES.values() for name in pair]


def load(folder, part):
    """Images as bytes [n, 28, 28], 0 black to 255 white, and labels as indices into CLASSES."""
    images, labels = (gzip.decompress((folder / name).read_bytes()) for name in FILES[part])
    return (numpy.frombuffer(images, numpy.uint8, offset=16).reshape(-1, 28, 28),
            numpy.frombuffer(labels, numpy.uint8, offset=8).astype(numpy.int64))


def mishandled(images):
    """A camera mounted upside down in too little light: turned by 180 degrees, at 40% of the brightness."""
    return (images[:, ::-1, ::-1] * 0.4).astype(numpy.uint8)
