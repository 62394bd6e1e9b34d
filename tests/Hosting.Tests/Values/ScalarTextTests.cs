using System.Text.Json;
using Platform.Hosting.Values;

namespace Platform.Hosting.Tests.Values;

public sealed class ScalarTextTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1.", "1")]
    [InlineData("+1", "1")]
    [InlineData(" 1 ", "1")]
    [InlineData("1e0", "1")]
    [InlineData("10E-1", "1")]
    [InlineData("0.1e1", "1")]
    [InlineData("-0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-3.50", "-3.5")]
    [InlineData(".5", "0.5")]
    [InlineData("0.10", "0.1")]
    [InlineData("1e15", "1000000000000000")]
    [InlineData("True", "1")]
    [InlineData("false", "0")]
    public void A_number_and_a_boolean_have_one_notation(string text, string normal) => Assert.Equal(normal, ScalarText.Normalise(text));

    [Theory]
    [InlineData("007")]
    [InlineData("1,5")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("1 2")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1e999")]
    [InlineData(" red ")]
    [InlineData("١")]
    public void Any_other_text_stays_as_it_is(string text) => Assert.Equal(text, ScalarText.Normalise(text));

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740993")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    public void Whole_numbers_never_become_doubles(string text, string normal) => Assert.Equal(normal, ScalarText.Normalise(text));

    [Fact]
    public void Whole_numbers_in_any_notation_keep_their_value()
    {
        var random = new Random(3);
        for (var round = 0; round < 10_000; round++)
        {
            var number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var zeros = random.Next(5);
            Assert.Equal($"{number}", ScalarText.Normalise($"{number}.{new string('0', zeros)}"));
            if (number != 0) Assert.Equal($"{number}", ScalarText.Normalise($"{number}{new string('0', zeros)}e-{zeros}"));
            Assert.Equal($"{number}", ScalarText.Of(JsonSerializer.SerializeToElement(number))!);
        }
    }

    [Theory]
    [InlineData(1.0, "1")]
    [InlineData(-0.0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e19, "10000000000000000000")]
    [InlineData(1e22, "1E+22")]
    public void A_double_has_the_notation_of_its_text(double number, string normal)
    {
        Assert.Equal(normal, ScalarText.Of(number));
        Assert.Equal(normal, ScalarText.Normalise(number.ToString("R")));
    }
}
