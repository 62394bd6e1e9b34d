using System.Globalization;
using System.Numerics;
using System.Text;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>The parser of numbers against the runtime's exact one, bit for bit.</summary>
public sealed class NumberTests
{
    private static readonly string[] Hard =
    [
        "0", "-0", "0.0", "-0.0", "0e0", "1", "-1", "16777217", "16777216.5", "9007199254740993", "0.1", "0.30000001192092896",
        "1.17549435e-38", "1.4e-45", "7.006492321624085e-46", "7.006492321624086e-46", "3.4028234663852886e38", "3.4028235677973362e38",
        "1e-400", "5e-324", "2.4703282292062327e-324", "1.7976931348623157e308", "123456789012345678901234567890", "0.000000000000000000000000000001",
        "8388608.5", "8388609.5", "1.00000017881393432617187499", "1.00000017881393432617187500", "1.00000017881393432617187501",
        "1.00000005960464477539062", "1.0000000596046447753906250000", "1.0000000596046447753906250001", "0.00010000000000000000479",
        "1e22", "1e23", "12345678901234567e5", "4503599627370496.5", "1E5", "1e+5", "1E-5", "1e0000000000000000000001", "1e-99999999999",
    ];

    public static TheoryData<string> HardNumbers => [.. Hard];

    [Theory]
    [MemberData(nameof(HardNumbers))]
    public void Hard_numbers_are_read_exactly(string text) => AssertExact(text);

    [Fact]
    public void Random_numbers_of_every_form_are_read_exactly()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++) AssertExact(Next(random));
    }

    [Theory]
    [InlineData("null", float.NaN)]
    [InlineData("NaN", float.NaN)]
    [InlineData("Infinity", float.PositiveInfinity)]
    [InlineData("-Infinity", float.NegativeInfinity)]
    public void What_JSON_cannot_write_is_understood_in_its_usual_forms(string text, float expected)
    {
        var request = Schemas.Single(Datatype.FP32, -1).Read(Schemas.Body("FP32", "[1]", $"[{text}]"));

        Assert.Equal(expected, request.Inputs[0].AsSpan<float>()[0]);
    }

    [Theory]
    [InlineData("0.1,-12.5, 3,0.30000001192092896", 4)]
    [InlineData("1234567.12345678,2", 2)]
    [InlineData("1.5]", 1)]
    [InlineData("0.12345678955316544,-1.2345678901234567,0.00039215686274509805, 0.123456789,-0.1234567890123456789012345678901", 5)]
    [InlineData("1,0.12345678901234567890123456789012", 1)]
    [InlineData("0.1234567890123x56", 0)]
    [InlineData("0.12345678901234567e-5", 0)]
    [InlineData("0.123456789.1", 0)]
    [InlineData("10.1234567890,00.1234567890", 1)]
    [InlineData("1,,2", 1)]
    [InlineData("1.5, ,2", 1)]
    [InlineData("1.5,-,2", 1)]
    [InlineData("1.5,1e5", 1)]
    [InlineData("1.5,  2", 1)]
    [InlineData("1.5,null", 1)]
    [InlineData("1.5 ,2", 0)]
    [InlineData("01", 0)]
    [InlineData("-01.5", 0)]
    [InlineData("1.", 0)]
    [InlineData("-", 0)]
    [InlineData(".5", 0)]
    [InlineData("-.5", 0)]
    [InlineData("1.5E5", 0)]
    [InlineData("12345678", 0)]
    [InlineData("x", 0)]
    public void A_run_goes_as_far_as_everyday_numbers_go(string text, int expected)
    {
        var (values, position) = (new float[10], 0);
        var read = NumberRun<float, SingleNumber>.Read(Run(text), ref position, values);

        Assert.Equal(expected, read);
        var numbers = text.Split([',', ']'])[..read].Select(number => float.Parse(number, CultureInfo.InvariantCulture));
        Assert.Equal(numbers, values[..read]);
        Assert.Equal(read == 0 ? 0 : string.Join(',', text.Split([',', ']'])[..read]).TrimEnd().Length, position);
    }

    [Theory]
    [InlineData("0.1,-12.5, 3,0.012345678901234567,1.2345678901234567,-0.123456789012345678", 6)]
    [InlineData("1.5,0.0012345678901234567,0.9999999999999999999,9.999999999999999999", 4)]
    [InlineData("1.5,0.00012345678901234567", 1)]
    [InlineData("1.5,1.0123456789012345678", 1)]
    public void A_run_of_doubles_goes_as_far_as_nineteen_digits(string text, int expected)
    {
        var (values, position) = (new double[10], 0);
        var read = NumberRun<double, DoubleNumber>.Read(Run(text), ref position, values);

        Assert.Equal(expected, read);
        Assert.Equal(text.Split(',')[..read].Select(number => double.Parse(number, CultureInfo.InvariantCulture)), values[..read]);
    }

    [Theory]
    [InlineData("0,-1, 127,-127,12", 5)]
    [InlineData("1,128", 1)]
    [InlineData("1,01", 1)]
    [InlineData("1,-", 1)]
    [InlineData("1,1.0", 1)]
    [InlineData("1,,2", 1)]
    [InlineData("1,1e1", 1)]
    [InlineData("1,9999999999999999999", 1)]
    [InlineData("1,0000000001", 1)]
    [InlineData("1,1000000000000x00", 1)]
    public void A_run_of_whole_numbers_goes_as_far_as_the_type_holds_them(string text, int expected)
    {
        var (values, position) = (new sbyte[10], 0);
        var read = NumberRun<sbyte, WholeNumber<sbyte>>.Read(Run(text), ref position, values);

        Assert.Equal(expected, read);
        Assert.Equal(text.Split(',')[..read].Select(number => sbyte.Parse(number, CultureInfo.InvariantCulture)), values[..read]);
    }

    [Fact]
    public void Whole_numbers_of_every_length_are_read_exactly()
    {
        var random = new Random(4);
        for (var i = 0; i < 50_000; i++)
        {
            var number = random.NextInt64() >> random.Next(64);
            if (random.Next(2) == 0) number = -number;
            var isRead = TryReadQuickly<long, WholeNumber<long>>($"{number}", out var value);

            Assert.Equal(Math.Abs((decimal)number) < 10_000_000_000_000_000, isRead);
            if (isRead) Assert.Equal(number, value);
        }
    }

    [Fact]
    public void A_run_comes_as_near_to_the_end_of_a_body_as_it_may_and_no_nearer()
    {
        var body = Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Repeat("0.5", 50)) + "]}]}");
        for (var length = 0; length < body.Length; length++)
        {
            var (values, position) = (new float[50], 0);
            var read = NumberRun<float, SingleNumber>.Read(body.AsSpan(0, length), ref position, values);

            var expected = length < 64 + IEverydayNumber<float>.Reach ? 0 : (length - IEverydayNumber<float>.Reach) / "0.5,".Length;
            Assert.Equal(expected, read);
            Assert.All(values[..read], value => Assert.Equal(0.5f, value));
            Assert.Equal(read == 0 ? 0 : 4 * read - 1, position);
        }
    }

    /// <summary>A digit too many, none or another byte anywhere must be seen, wherever a number is cut off for reading.</summary>
    [Fact]
    public void Any_byte_that_does_not_belong_into_a_long_number_is_seen()
    {
        const string number = "-0.1234567890123456789012345";
        for (var at = 0; at < number.Length; at++)
            foreach (var wrong in "-+.eE: /\0\u007f")
            {
                var text = number.Remove(at, 1).Insert(at, $"{wrong}");
                var (values, position) = (new float[1], 0);
                var read = NumberRun<float, SingleNumber>.Read(Run(text), ref position, values);
                if (read > 0) Assert.Equal(number, text); // where a byte took its own place
            }
    }

    /// <summary>A number that is not followed by enough text is left alone.</summary>
    private static byte[] Run(string text) => Encoding.ASCII.GetBytes(text + ",]" + new string(' ', 200));

    private static void AssertExact(string text)
    {
        var (single, exact) = (float.Parse(text, CultureInfo.InvariantCulture), double.Parse(text, CultureInfo.InvariantCulture));
        var json = Encoding.ASCII.GetBytes(text + " ");

        CheckQuick(text, single, exact);
        var position = 0;
        Assert.True(DecimalNumber.TryScan(json, ref position, out var number), text);
        Assert.Equal(text.Length, position);
        Assert.True(number.TryToSingle(out var asSingle) == float.IsFinite(single), text);
        Assert.True(number.TryToDouble(out var asDouble) == double.IsFinite(exact), text);
        if (float.IsFinite(single)) Assert.True(Bits(single) == Bits(asSingle), $"{text} was read as {asSingle:R}");
        if (double.IsFinite(exact)) Assert.True(Bits(exact) == Bits(asDouble), $"{text} was read as {asDouble:R}");
    }

    /// <summary>The quick parser may leave a number alone, but what it reads it reads right.</summary>
    private static void CheckQuick(string text, float single, double exact)
    {
        if (TryReadQuickly<float, SingleNumber>(text, out var asSingle))
            Assert.True(Bits(single) == Bits(asSingle), $"{text} was quickly read as {asSingle:R}");
        if (TryReadQuickly<double, DoubleNumber>(text, out var asDouble))
            Assert.True(Bits(exact) == Bits(asDouble), $"{text} was quickly read as {asDouble:R}");
    }

    private static bool TryReadQuickly<T, TNumber>(string text, out T? value) where TNumber : struct, IEverydayNumber<T>
    {
        var (values, position) = (new T[1], 0);
        var isRead = NumberRun<T, TNumber>.Read(Run(text), ref position, values) == 1;
        Assert.Equal(isRead ? text.Length : 0, position);
        value = values[0];
        return isRead;
    }

    private static string Next(Random random) => random.Next(8) switch
    {
        0 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, 0x7F7FFFFF)) is var value && float.IsFinite(value) ? value.ToString("R") : "1",
        1 => (random.NextSingle() * 2 - 1).ToString("R"),
        2 => ((double)random.NextSingle()).ToString("R"), // as Python prints an FP32
        3 => $"{random.NextInt64()}.{random.NextInt64()}e{random.Next(-60, 40)}",
        4 => $"{(random.Next(2) == 0 ? "-" : "")}{random.Next(10)}.{DigitsOf(random, random.Next(1, 34))}",
        5 => $"{random.Next(1000)}.{DigitsOf(random, random.Next(1, 17))}",
        6 => (random.NextDouble() * Math.Pow(10, random.Next(-3, 3))).ToString("R", CultureInfo.InvariantCulture),
        _ => Midpoint(random),
    };

    private static string DigitsOf(Random random, int count) => new([.. Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10)))]);

    /// <summary>Exactly between two neighbours, or a hair beside it.</summary>
    private static string Midpoint(Random random)
    {
        var low = (decimal)(random.Next(1 << 23, 1 << 24) * 2 + 1) / (1 << random.Next(1, 24));
        return random.Next(4) switch
        {
            0 => low.ToString(CultureInfo.InvariantCulture),
            1 => low.ToString(CultureInfo.InvariantCulture) + (low == decimal.Truncate(low) ? ".0000001" : "0000001"),
            2 => AboveMidpoint(random),
            _ => (low - 0.0000000001m).ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A number of some 0.0005 that lies above a midpoint by less than its thirtieth digit says.</summary>
    private static string AboveMidpoint(Random random)
    {
        var scaled = (random.Next(1 << 23, 1 << 24) * 2 + 1) * BigInteger.Pow(5, 35); // an odd number of 2^-35, times 10^35
        return $"0.{(scaled / 100_000 + 1).ToString(CultureInfo.InvariantCulture).PadLeft(30, '0')}";
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
