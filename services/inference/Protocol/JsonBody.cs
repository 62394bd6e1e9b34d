using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Platform.Hosting.Values;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>
/// A forward walk over a JSON body that can hand a stretch of it to another reader and go on behind it. Malformed JSON throws
/// <see cref="JsonException"/>, text that is not Unicode <see cref="InvalidOperationException"/>.
/// </summary>
internal ref struct JsonBody(ReadOnlySpan<byte> body)
{
    private int _offset = StartOf(body);

    /// <summary>All of the JSON.</summary>
    public ReadOnlySpan<byte> Text { get; } = body;

    public Utf8JsonReader Reader = new(body[StartOf(body)..], new JsonReaderOptions { MaxDepth = 16 });

    public readonly bool IsObject => Reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Where the current token begins in the body.</summary>
    public readonly int TokenStart => _offset + (int)Reader.TokenStartIndex;

    public bool TryEnterObject() => Reader.Read() && Reader.TokenType == JsonTokenType.StartObject;

    public bool TryEnterArray() => Reader.Read() && Reader.TokenType == JsonTokenType.StartArray;

    /// <summary>
    /// Goes to the name of the next member, or to the end of the object and answers false. A member that is null is passed over: it is as
    /// good as left out, and many serialisers write it so.
    /// </summary>
    public bool NextMember()
    {
        while (Reader.Read() && Reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!IsNullNext()) return true;
            Reader.Read();
        }

        return false;
    }

    /// <summary>Goes to the next element, or to the end of the array and answers false.</summary>
    public bool NextElement() => Reader.Read() && Reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Goes to the member's value and answers whether it is a string.</summary>
    public bool ReadString() => Reader.Read() && Reader.TokenType == JsonTokenType.String;

    /// <summary>Goes to the member's value, which is to be one of a parameter.</summary>
    public ParameterValue ReadParameter()
    {
        Reader.Read();
        return Reader.TokenType switch
        {
            JsonTokenType.True => ParameterValue.Of(true),
            JsonTokenType.False => ParameterValue.Of(false),
            JsonTokenType.Number when TryGetWhole(out var whole) => ParameterValue.Of(whole),
            JsonTokenType.Number => new(ParameterKind.OtherNumber),
            JsonTokenType.String => new(ParameterKind.Text),
            _ => default,
        };
    }

    /// <summary>Whether the current string is Unicode: its bytes, and what its escapes stand for.</summary>
    public readonly bool IsText()
    {
        if (!Reader.ValueIsEscaped) return Utf8.IsValid(Reader.ValueSpan);
        try
        {
            return Reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // half of a surrogate pair, or bytes that are not UTF-8
        }
    }

    /// <summary>The current string as a datatype; false when there is none of that name.</summary>
    public readonly bool TryGetDatatype(out Datatype datatype)
    {
        if (!Reader.ValueIsEscaped) return Datatypes.TryParse(Reader.ValueSpan, out datatype);
        Span<byte> name = stackalloc byte[Excerpts.MaxBytes]; // shorter than what it was escaped to
        datatype = default;
        return Reader.ValueSpan.Length <= Excerpts.MaxBytes && Datatypes.TryParse(name[..Reader.CopyString(name)], out datatype);
    }

    /// <summary>Whether the current value is a whole number, in whichever notation, that is not negative.</summary>
    public readonly bool TryGetWhole(out long value)
    {
        value = 0;
        if (Reader.TokenType != JsonTokenType.Number) return false;
        if (Reader.TryGetInt64(out value)) return value >= 0;
        if (!ScalarText.TryReadWhole(Encoding.ASCII.GetString(Reader.ValueSpan), out var whole) || whole < 0 || whole > long.MaxValue) return false;
        value = (long)whole;
        return true;
    }

    public readonly bool NameIs(ReadOnlySpan<byte> name) => Reader.ValueTextEquals(name);

    /// <summary>The name at which the reader stands, without its escapes unless it is longer than <paramref name="scratch"/>.</summary>
    public readonly ReadOnlySpan<byte> Name(Span<byte> scratch) =>
        Reader.ValueIsEscaped && Reader.ValueSpan.Length <= scratch.Length ? scratch[..Reader.CopyString(scratch)] : Reader.ValueSpan;

    public void SkipValue() => Reader.Skip();

    /// <summary>After the outermost object: anything but white space is malformed.</summary>
    public void ExpectEnd() => Reader.Read();

    /// <summary>The place in the body of the string that was just read, with its quotes.</summary>
    public readonly (int Start, int Length) Token() => (TokenStart, Reader.ValueSpan.Length + 2);

    /// <summary>
    /// Goes on behind a value that another reader has taken. The current token is the value's opening bracket;
    /// <paramref name="end"/> is the position behind its closing one.
    /// </summary>
    public void ContinueBehind(int end)
    {
        _offset = end - 1;
        Reader = new Utf8JsonReader(Text[_offset..], isFinalBlock: true, Reader.CurrentState);
        Reader.Read();
    }

    /// <summary>Whether the value behind the name at which the reader stands is null.</summary>
    private readonly bool IsNullNext()
    {
        var value = Text[(_offset + (int)Reader.BytesConsumed)..].TrimStart(" \t\r\n"u8);
        return value.StartsWith("null"u8);
    }

    /// <summary>Behind the byte order mark that some editors and libraries write before UTF-8.</summary>
    private static int StartOf(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;

    /// <summary>The beginning of the current name or string, fit for a message.</summary>
    public readonly string Excerpt() => Excerpts.Of(Reader.ValueSpan);

    /// <summary>The reader's complaint without its advice to programmers.</summary>
    public static string Explain(JsonException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = end < 0 ? message : message[..end];
        return $"{sentence} (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})";
    }
}
