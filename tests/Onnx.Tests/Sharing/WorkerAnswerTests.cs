using System.Runtime.InteropServices;
using Platform.Onnx.Sharing;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Sharing;

/// <summary>What lies in memory that another process can write to is believed only as far as it makes sense.</summary>
public sealed class WorkerAnswerTests : IDisposable
{
    private const int Size = 1 << 16;

    private readonly SharedMemory _memory = SharedMemory.Create(Size);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_a_description_says_nothing_outside_the_memory_is_read(int seed)
    {
        var random = new Random(seed);
        using var tensor = TensorWords.View(_memory);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            Scribble(random);
            try
            {
                var words = new WordReader(_memory, 0, random.Next(12));
                TensorWords.Read(ref words, tensor);
                taken++;
                ReadAll(tensor);
            }
            catch (InvalidDataException)
            {
                // as it should be
            }
        }

        Assert.InRange(taken, 1, 20_000);
    }

    [Theory]
    [InlineData(-8, 1)]
    [InlineData(4, 1)]
    [InlineData(Size, 1)]
    [InlineData(0, Size)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue - 7, 2)]
    public void A_description_lies_inside_the_memory(long offset, long count) =>
        Assert.Throws<InvalidDataException>(() => new WordReader(_memory, offset, count).Next());

    [Fact]
    public void Nobody_makes_the_memory_smaller_or_larger()
    {
        using var file = File.Open(_memory.Path, FileMode.Open, FileAccess.ReadWrite);

        Assert.ThrowsAny<SystemException>(() => file.SetLength(0));
        Assert.ThrowsAny<SystemException>(() => file.SetLength(2 * Size));
        Assert.Equal(Size, file.Length);
    }

    [Fact]
    public void Pages_that_are_given_back_are_the_machines_again_and_read_as_zeros()
    {
        using var memory = SharedMemory.Create(64 << 20);
        var arena = new SharedArena(memory, 0, memory.Size);
        using var tensor = TensorWords.Shared(arena);
        tensor.Reset(Datatype.UInt8, [32 << 20]);
        tensor.Data.Fill(7);

        tensor.Dispose();

        tensor.Reset(Datatype.UInt8, [32 << 20]);
        Assert.Equal(0, tensor.Data.IndexOfAnyExcept((byte)0) + 1);
    }

    /// <summary>Small numbers mostly, among them those that a proper description has.</summary>
    private unsafe void Scribble(Random random)
    {
        var words = MemoryMarshal.Cast<byte, long>(new Span<byte>((void*)_memory.Address, Size));
        foreach (ref var word in words[..12])
        {
            word = random.Next(6) switch
            {
                0 => random.NextInt64(),
                1 => -random.Next(100),
                2 => random.Next(Size * 2),
                3 => (int)Datatype.Bytes,
                _ => random.Next(5),
            };
        }
    }

    private static void ReadAll(TensorBuffer tensor)
    {
        if (tensor.Datatype == Datatype.Bytes)
            for (var i = 0; i < tensor.Count; i++) _ = tensor.GetString(i).Length;
        else
            foreach (var value in tensor.Data) _ = value;
    }
}
