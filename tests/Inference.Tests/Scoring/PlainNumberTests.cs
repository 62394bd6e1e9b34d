using Platform.Inference.Scoring;

namespace Platform.Inference.Tests.Scoring;

public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("+9007199254740993", "9007199254740993")]
    [InlineData("00009007199254740993", "9007199254740993")]
    [InlineData("-007", "-7")]
    [InlineData(" 5. ", "5")]
    [InlineData("+.5e-03", "0.5e-03")]
    [InlineData("000", "0")]
    [InlineData("00.10", "0.10")]
    [InlineData("1E5", "1E5")]
    public void A_number_is_the_same_as_json_has_it(string text, string expected)
    {
        Assert.True(PlainNumber.TryRead(text, out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("+-5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x10")]
    [InlineData("1 000")]
    [InlineData("Infinity")]
    [InlineData("٣")]
    public void What_is_none_is_none(string text) => Assert.False(PlainNumber.TryRead(text, out _));
}
