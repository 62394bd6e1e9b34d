using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Hosting.Values;

namespace Platform.Statistics.Samples;

/// <summary>
/// A number to its last digit. Beyond 2^53 a double does not tell one whole number from the next: what it rounds away of a whole number of
/// 64 bits stands beside it. JSON shows all of it.
/// </summary>
/// <param name="High">The nearest double; NaN where the number is missing.</param>
/// <param name="Rest">The number less that; 0 for everything that a double holds.</param>
[JsonConverter(typeof(Notation))]
public readonly record struct ExactNumber(double High, double Rest = 0) : IComparable<ExactNumber>
{
    private static readonly Int128 Largest = ulong.MaxValue;

    /// <summary>The number if it is a whole one; else null.</summary>
    public Int128? Whole => double.IsInteger(High) && Math.Abs(High) <= 2 * (double)Largest ? (Int128)High + (Int128)Rest : null;

    /// <summary>Whether it is neither missing nor infinite.</summary>
    public bool IsFinite => double.IsFinite(High);

    public static implicit operator ExactNumber(double number) => new(number);

    public static bool operator <(ExactNumber one, ExactNumber other) => one.CompareTo(other) < 0;

    public static bool operator >(ExactNumber one, ExactNumber other) => one.CompareTo(other) > 0;

    public static bool operator <=(ExactNumber one, ExactNumber other) => one.CompareTo(other) <= 0;

    public static bool operator >=(ExactNumber one, ExactNumber other) => one.CompareTo(other) >= 0;

    /// <summary>A whole number of 64 bits, signed or not.</summary>
    public static ExactNumber Of(Int128 whole)
    {
        var high = (double)whole;
        return new(high, (double)(whole - (Int128)high));
    }

    /// <summary>Reads a number in any notation; false for what is none.</summary>
    public static bool TryParse(string? text, out ExactNumber number)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        number = Math.Abs(value) >= NumericalSample.MostExact && ScalarText.TryReadWhole(text, out var whole)
            && Int128.Abs(whole) <= Largest ? Of(whole) : value;
        return isNumber;
    }

    /// <summary>The same of what is known to be a number.</summary>
    public static ExactNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException($"'{text}' is no number.");

    /// <summary>The number that the reader stands on.</summary>
    public static ExactNumber Read(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return Of(whole);
        return reader.TryGetUInt64(out var large) ? Of(large) : reader.GetDouble();
    }

    /// <summary>This less another, rounded only where the difference itself is no double.</summary>
    public double Less(ExactNumber other) => High - other.High + (Rest - other.Rest);

    public int CompareTo(ExactNumber other) => High == other.High ? Rest.CompareTo(other.Rest) : High.CompareTo(other.High);

    public override string ToString() => Math.Abs(High) >= NumericalSample.MostExact && Whole is { } whole
        ? whole.ToString(CultureInfo.InvariantCulture)
        : ScalarText.Of(High);

    private sealed class Notation : JsonConverter<ExactNumber>
    {
        public override ExactNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ExactNumber.Read(ref reader);

        public override void Write(Utf8JsonWriter writer, ExactNumber value, JsonSerializerOptions options)
        {
            if (Math.Abs(value.High) >= NumericalSample.MostExact && value.Whole is { } whole)
                writer.WriteRawValue(whole.ToString(CultureInfo.InvariantCulture));
            else
                writer.WriteNumberValue(value.High);
        }
    }
}
