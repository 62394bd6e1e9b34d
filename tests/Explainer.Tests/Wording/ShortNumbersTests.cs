using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Wording;

public sealed class ShortNumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(0.12345, "0.123")]
    [InlineData(-0.05, "−0.05")]
    [InlineData(12.345, "12.3")]
    [InlineData(4520.4, "4520")]
    [InlineData(1234567, "1234567")]
    [InlineData(0.00012345, "0.000123")]
    [InlineData(0.000012345, "1.23e−5")]
    [InlineData(-12345678, "−1.23e+7")]
    [InlineData(double.NaN, "NaN")]
    public void Three_digits_are_enough(double number, string expected) => Assert.Equal(expected, ShortNumbers.Short(number));

    [Theory]
    [InlineData(0.5, "+0.5")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(0, "0")]
    public void A_share_has_its_sign(double number, string expected) => Assert.Equal(expected, ShortNumbers.Signed(number));
}
