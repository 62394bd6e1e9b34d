using System.Text;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>A whole number is one in whichever notation of JSON it is written.</summary>
public sealed class WholeNotationTests
{
    public static TheoryData<Datatype> Types =>
        [Datatype.Int8, Datatype.Int16, Datatype.Int32, Datatype.Int64, Datatype.UInt8, Datatype.UInt16, Datatype.UInt32, Datatype.UInt64];

    [Theory, MemberData(nameof(Types))]
    public void Every_type_reads_every_notation(Datatype type)
    {
        var name = Encoding.ASCII.GetString(type.Utf8Name());
        var request = Schemas.Single(type, -1).Read(Schemas.Body(name, "[8]", "[3, 3.0,3.000 ,3e0,0.3E+1,30e-1,300.00e-2,-0.0]"));

        using var written = new ByteBuffer();
        written.WriteData(request.Inputs[0]);
        Assert.Equal("[3,3,3,3,3,3,3,0]", Encoding.ASCII.GetString(written.Written));
    }

    [Theory]
    [InlineData(Datatype.Int64, "9007199254740993.0")]
    [InlineData(Datatype.Int64, "-9223372036854775808.0")]
    [InlineData(Datatype.Int64, "9223372036854775807e0")]
    [InlineData(Datatype.UInt64, "1844674407370955161.5e1")]
    [InlineData(Datatype.UInt64, "18446744073709551615.000")]
    public void Large_ones_keep_their_last_digit(Datatype type, string text)
    {
        var request = Schemas.Single(type, -1).Read(Schemas.Body(Encoding.ASCII.GetString(type.Utf8Name()), "[1]", $"[{text}]"));

        var value = type == Datatype.Int64 ? $"{request.Inputs[0].AsSpan<long>()[0]}" : $"{request.Inputs[0].AsSpan<ulong>()[0]}";
        Assert.Equal(text.Contains("1.5e1") ? "18446744073709551615" : text.Split('.', 'e')[0], value);
    }

    [Fact]
    public void Shapes_and_parameters_take_them_too()
    {
        var request = Schemas.Single(Datatype.Int64, -1, 2).Read(
            """{"parameters":{"priority":2.0,"timeout":5e3},"inputs":[{"name":"x","datatype":"INT64","shape":[1.0,20e-1],"data":[1,2]}]}""");

        Assert.Equal([1, 2], request.Inputs[0].Shape.ToArray());
        Assert.Equal((2, 5_000), (request.Parameters.Priority, request.Parameters.TimeoutMicros));
    }

    [Fact]
    public void Long_arrays_with_other_notations_among_them_are_read_as_they_should()
    {
        var random = new Random(7);
        var numbers = Enumerable.Range(0, 5_000).Select(_ => random.NextInt64(-1_000_000, 1_000_000)).ToArray();
        var texts = numbers.Select(number => random.Next(4) switch { 0 => $"{number}.0", 1 => $"{number}.00e0", 2 => $"{number}e0", _ => $"{number}" });

        var request = Schemas.Single(Datatype.Int64, -1).Read(Schemas.Body("INT64", "[5000]", $"[{string.Join(',', texts)}]"));

        Assert.Equal(numbers, request.Inputs[0].AsSpan<long>().ToArray());
    }
}
