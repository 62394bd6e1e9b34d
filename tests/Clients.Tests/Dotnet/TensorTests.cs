using Platform.Client.Tensors;

namespace Platform.Clients.Tests.Dotnet;

public sealed class TensorTests
{
    [Fact]
    public void Elements_lie_little_endian_and_come_back()
    {
        var tensor = Tensor.Of<float>("x", [1.5f, -2f, float.NaN, 0f], 2, 2);
        Assert.Equal("FP32", tensor.Datatype);
        Assert.Equal([0, 0, 0xC0, 0x3F], tensor.Raw.Span[..4].ToArray());
        Assert.Equal([1.5f, -2f, float.NaN, 0f], tensor.As<float>().ToArray());
        Assert.Equal("INT64", Tensor.Of<long>("x", [1]).Datatype);
        Assert.Equal("BOOL", Tensor.Of<bool>("x", [true]).Datatype);
        Assert.Equal("FP16", Tensor.Of<Half>("x", [(Half)1]).Datatype);
    }

    [Fact]
    public void Texts_have_their_lengths_before_them()
    {
        var tensor = Tensor.OfTexts("x", ["ab", "", "语"], 3, 1);
        Assert.Equal([2, 0, 0, 0, (byte)'a', (byte)'b', 0, 0, 0, 0], tensor.Raw.Span[..10].ToArray());
        Assert.Equal(["ab", "", "语"], tensor.Texts());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Tensor.Of<float>("x", [1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => Tensor.OfTexts("x", ["a"], 2));
        Assert.Throws<NotSupportedException>(() => Tensor.Of<char>("x", ['a']));
        Assert.Throws<InvalidOperationException>(() => Tensor.Of<float>("x", [1]).As<double>());
        Assert.Throws<InvalidOperationException>(() => Tensor.Of<float>("x", [1]).Texts());
    }
}
