using System.Runtime.InteropServices;
using Google.Protobuf;
using Platform.Inference.Grpc.Messages;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>A ModelInferRequest is read by hand; the generated parser says what stands in it.</summary>
public sealed class InferMessageTests
{
    private const int Cases = 400;

    private static readonly Datatype[] Typed =
    [
        Datatype.Bool, Datatype.Int8, Datatype.Int16, Datatype.Int32, Datatype.Int64, Datatype.UInt8, Datatype.UInt16, Datatype.UInt32,
        Datatype.UInt64, Datatype.FP32, Datatype.FP64, Datatype.Bytes,
    ];

    private static readonly RequestSchema Schema = Schemas.Of([.. Typed.Select(datatype => Schemas.Tensor(datatype.Name(), datatype, -1))]);

    [Fact]
    public void Whatever_their_order_and_packing_fields_are_read_as_the_generated_parser_reads_them()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var message = Message(new Random(seed));
            var request = new InferRequest(Schema);
            Assert.True(InferMessageReader.TryRead(message, request, out var problem), $"seed {seed}: {problem}");
            AssertSame(message, request, $"seed {seed}");
        }
    }

    [Fact]
    public void A_damaged_message_is_refused_where_the_generated_parser_refuses_it_and_never_read_otherwise()
    {
        var (refused, read) = (0, 0);
        for (var seed = 0; seed < 10 * Cases; seed++)
        {
            var random = new Random(seed);
            var message = Damage(Message(random), random);
            var request = new InferRequest(Schema);
            var isRead = InferMessageReader.TryRead(message, request, out var problem);
            Assert.True(isRead == (problem is null), $"seed {seed}");
            Assert.True(!isRead || InferTarget.TryRead(message, out _, out _), $"seed {seed}");
            if (isRead) AssertSame(message, request, $"seed {seed}");
            if (isRead) read++;
            else refused++;
        }

        Assert.True(refused > Cases && read > Cases, $"{refused} were refused and {read} read");
    }

    /// <summary>Throws where the generated parser refuses the message.</summary>
    private static void AssertSame(byte[] message, InferRequest request, string which)
    {
        var expected = ModelInferRequest.Parser.ParseFrom(message);
        Assert.Equal(expected.Id, System.Text.Encoding.UTF8.GetString(message.AsSpan(request.Id.Start, request.Id.Length)));
        Assert.Equal(Typed.Length, expected.Inputs.Count);
        for (var i = 0; i < expected.Inputs.Count; i++)
        {
            var input = expected.Inputs[i];
            var tensor = request.InputOf(Schema.InputNames.Find(System.Text.Encoding.UTF8.GetBytes(input.Name)));
            Assert.True(input.Shape.SequenceEqual(tensor.Shape.ToArray()), $"{which}: the shape of {input.Name}");
            var isSame = tensor.Datatype == Datatype.Bytes
                ? Strings(input, expected, i).SequenceEqual(Enumerable.Range(0, tensor.Count).Select(index => Convert.ToHexString(tensor.GetString(index))))
                : Data(input, expected, i).SequenceEqual(tensor.Data.ToArray());
            Assert.True(isSame, $"{which}: the elements of {input.Name}");
        }
    }

    private static byte[] Data(ModelInferRequest.Types.InferInputTensor input, ModelInferRequest request, int index)
    {
        if (request.RawInputContents.Count > 0) return request.RawInputContents[index].ToByteArray();
        if (input.Contents is not { } contents) return [];
        return input.Datatype switch
        {
            "BOOL" => Bytes(contents.BoolContents, value => value),
            "INT8" => Bytes(contents.IntContents, value => (sbyte)value),
            "INT16" => Bytes(contents.IntContents, value => (short)value),
            "INT32" => Bytes(contents.IntContents, value => value),
            "INT64" => Bytes(contents.Int64Contents, value => value),
            "UINT8" => Bytes(contents.UintContents, value => (byte)value),
            "UINT16" => Bytes(contents.UintContents, value => (ushort)value),
            "UINT32" => Bytes(contents.UintContents, value => value),
            "UINT64" => Bytes(contents.Uint64Contents, value => value),
            "FP32" => Bytes(contents.Fp32Contents, value => value),
            _ => Bytes(contents.Fp64Contents, value => value),
        };
    }

    private static byte[] Bytes<TFrom, TTo>(IEnumerable<TFrom> values, Func<TFrom, TTo> convert) where TTo : unmanaged =>
        MemoryMarshal.AsBytes<TTo>(values.Select(convert).ToArray()).ToArray();

    private static IEnumerable<string> Strings(ModelInferRequest.Types.InferInputTensor input, ModelInferRequest request, int index)
    {
        if (request.RawInputContents.Count == 0) return input.Contents?.BytesContents.Select(text => Convert.ToHexString(text.Span)) ?? [];
        var (raw, texts) = (request.RawInputContents[index].ToByteArray(), new List<string>());
        for (var at = 0; at < raw.Length;)
        {
            var length = BitConverter.ToInt32(raw, at);
            texts.Add(Convert.ToHexString(raw, at + sizeof(int), length));
            at += sizeof(int) + length;
        }

        return texts;
    }

    private static byte[] Damage(byte[] message, Random random)
    {
        var place = random.Next(message.Length);
        return random.Next(3) switch
        {
            0 => message[..place],
            1 => [.. message[..place], (byte)random.Next(256), .. message[(place + 1)..]],
            _ => [.. message[..place], (byte)random.Next(256), .. message[place..]],
        };
    }

    private static byte[] Message(Random random)
    {
        var request = new ModelInferRequest { ModelName = "m", Id = $"id {random.Next()}" };
        var isRaw = random.Next(2) == 0;
        var count = random.Next(0, 40);
        foreach (var datatype in Typed)
        {
            var contents = ContentsOf(datatype, count, random);
            var input = new ModelInferRequest.Types.InferInputTensor { Name = datatype.Name(), Datatype = datatype.Name(), Shape = { count } };
            if (!isRaw) input.Contents = contents;
            request.Inputs.Add(input);
            if (isRaw) request.RawInputContents.Add(Raw(datatype, contents, count, random));
        }

        return WireForms.OfRequest(request.ToByteArray(), random);
    }

    private static ByteString Raw(Datatype datatype, InferTensorContents contents, int count, Random random)
    {
        if (datatype == Datatype.Bytes)
            return ByteString.CopyFrom([.. contents.BytesContents.SelectMany(text => BitConverter.GetBytes(text.Length).Concat(text))]);
        var bytes = new byte[count * datatype.Size()];
        random.NextBytes(bytes);
        if (datatype == Datatype.Bool) bytes = [.. bytes.Select(value => (byte)(value & 1))];
        return ByteString.CopyFrom(bytes);
    }

    private static InferTensorContents ContentsOf(Datatype datatype, int count, Random random)
    {
        var contents = new InferTensorContents();
        for (var i = 0; i < count; i++)
        {
            var number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            switch (datatype)
            {
                case Datatype.Bool: contents.BoolContents.Add(number % 2 == 0); break;
                case Datatype.Int8: contents.IntContents.Add((sbyte)number); break;
                case Datatype.Int16: contents.IntContents.Add((short)number); break;
                case Datatype.Int32: contents.IntContents.Add((int)number); break;
                case Datatype.Int64: contents.Int64Contents.Add(number); break;
                case Datatype.UInt8: contents.UintContents.Add((byte)number); break;
                case Datatype.UInt16: contents.UintContents.Add((ushort)number); break;
                case Datatype.UInt32: contents.UintContents.Add((uint)number); break;
                case Datatype.UInt64: contents.Uint64Contents.Add((ulong)number); break;
                case Datatype.FP32: contents.Fp32Contents.Add(number); break;
                case Datatype.FP64: contents.Fp64Contents.Add(number); break;
                default: contents.BytesContents.Add(ByteString.CopyFromUtf8($"{number}")); break;
            }
        }

        return contents;
    }
}
