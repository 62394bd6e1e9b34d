using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Tensors;

public sealed class ShapesTests
{
    [Theory]
    [InlineData(new long[] { }, 1)]
    [InlineData(new long[] { 2, 3 }, 6)]
    [InlineData(new long[] { 2, 0, 3 }, 0)]
    [InlineData(new long[] { long.MaxValue }, long.MaxValue)]
    public void Elements_are_counted(long[] shape, long expected)
    {
        Assert.True(Shapes.TryCount(shape, out var count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData(new long[] { -1, 2 })]
    [InlineData(new long[] { long.MaxValue, 2 })]
    [InlineData(new long[] { 1L << 32, 1L << 32 })]
    [InlineData(new long[] { 0, 1L << 32, 1L << 32 })]
    public void What_does_not_fit_is_refused(long[] shape) => Assert.False(Shapes.TryCount(shape, out _));

    [Theory]
    [InlineData(new long[] { 5, 20 }, new long[] { -1, 20 }, true)]
    [InlineData(new long[] { 5, 21 }, new long[] { -1, 20 }, false)]
    [InlineData(new long[] { 20 }, new long[] { -1, 20 }, false)]
    public void A_shape_fits_a_signature_where_its_fixed_sizes_agree(long[] shape, long[] signature, bool fits) =>
        Assert.Equal(fits, Shapes.Fits(shape, signature));
}
