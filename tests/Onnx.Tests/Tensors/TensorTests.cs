using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Tensors;

public sealed class TensorTests
{
    [Fact]
    public void Doubles_become_whole_numbers_by_rounding_and_clamping()
    {
        var tensor = Tensor.FromDoubles(Datatype.UInt8, [5], [-3, 0.5, 1.5, 254.9, 1e9]);

        Assert.Equal(new byte[] { 0, 0, 2, 255, 255 }, tensor.Values);
        Assert.Equal([0, 0, 2, 255, 255], tensor.ToDoubles());
    }

    [Fact]
    public void NaN_is_no_whole_number_but_a_fine_float()
    {
        Assert.Throws<ArgumentException>(() => Tensor.FromDoubles(Datatype.Int64, [1], [double.NaN]));
        Assert.True(double.IsNaN(Tensor.FromDoubles(Datatype.FP16, [1], [double.NaN]).ToDoubles()[0]));
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_or_have_another_type_are_refused()
    {
        using var buffer = new TensorBuffer();

        Assert.Throws<ArgumentException>(() => Tensor.FP32([3], [1, 2]).CopyTo(buffer));
        Assert.Throws<ArgumentException>(() => new Tensor(Datatype.FP32, [2], new[] { 1, 2 }).CopyTo(buffer));
        Assert.Throws<ArgumentException>(() => new Tensor(Datatype.Int64, [1], new[] { "1" }).CopyTo(buffer));
    }

    // 1 + 2^-8 lies half-way between two neighbours of BF16; it goes to the even one, the next number above it up.
    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.0039064f, 0x3F81)]
    [InlineData(-2.5f, 0xC020)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(float.MaxValue, 0x7F80)]
    public void BF16_rounds_to_the_nearest_ties_to_even(float value, int bits) =>
        Assert.Equal(bits, BrainFloat.FromSingle(value));

    [Fact]
    public void BF16_keeps_NaN() => Assert.True(float.IsNaN(BrainFloat.ToSingle(BrainFloat.FromSingle(float.NaN))));

    [Fact]
    public void Numbers_as_text_are_exact_and_short() =>
        Assert.Equal(["0.1", "1E-10"], Tensor.FP32([2], [0.1f, 1e-10f]).ToStrings());
}
