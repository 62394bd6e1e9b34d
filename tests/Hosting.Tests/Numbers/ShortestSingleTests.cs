using System.Globalization;
using System.Text;
using Platform.Hosting.Numbers;

namespace Platform.Hosting.Tests.Numbers;

/// <summary>Our text of an FP32 against the runtime's own.</summary>
public sealed class ShortestSingleTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(-1.5f)]
    [InlineData(0.1f)]
    [InlineData(123456789f)]
    [InlineData(1e9f)]
    [InlineData(1e10f)]
    [InlineData(0.001f)]
    [InlineData(0.0001f)]
    [InlineData(0.00001f)]
    [InlineData(16777216f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.MinValue)]
    [InlineData(float.Epsilon)]
    [InlineData(1.17549435e-38f)]
    [InlineData(1.1754942e-38f)]
    [InlineData(9.5367e-7f)]
    [InlineData(8388608.5f)]
    [InlineData(2.2250738e-38f)]
    public void Edge_cases_are_written_as_dotnet_writes_them(float value) => AssertSame(value);

    [Fact]
    public void Every_power_of_two_and_its_neighbours_are_written_as_dotnet_writes_them()
    {
        for (uint exponent = 0; exponent < 255; exponent++)
            foreach (var fraction in new uint[] { 0, 1, 2, 0x7FFFFE, 0x7FFFFF, 0x400000 })
                AssertSame(BitConverter.UInt32BitsToSingle(exponent << 23 | fraction));
    }

    [Fact]
    public void Random_numbers_are_written_as_dotnet_writes_them()
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000_000; i++)
        {
            var value = (i & 1) == 0 ? BitConverter.Int32BitsToSingle(random.Next()) : random.NextSingle() * 1000;
            if (float.IsFinite(value)) AssertSame(value);
        }
    }

    private static void AssertSame(float value)
    {
        Span<byte> target = stackalloc byte[ShortestSingle.MaxLength];
        var text = Encoding.ASCII.GetString(target[..ShortestSingle.Format(value, target)]);
        Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), text);
    }
}
