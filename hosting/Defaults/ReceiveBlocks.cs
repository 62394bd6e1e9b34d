using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Platform.Hosting.Defaults;

/// <summary>
/// The memory that connections read into. The server's own comes in blocks of 4 KiB, and every block costs system calls: nine reads
/// for an image as JSON. The block given back last is the next to be given out, as it is still in the processor's cache.
/// </summary>
internal sealed class ReceiveBlocks : MemoryPool<byte>
{
    private const int BlockBytes = 32 << 10;
    private const int SmallBytes = 4 << 10;

    // What many slow senders could hold is bounded: who comes beyond it gets small blocks, as from the server's own memory.
    private const int MaxBlocks = 256;

    private readonly Lock _gate = new();
    private readonly Stack<Block> _free = new();
    private int _blocks;

    public override int MaxBufferSize => BlockBytes;

    /// <summary>A block of 32 KiB, or a smaller one where too many are in use.</summary>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        lock (_gate)
        {
            if (_free.TryPop(out var free)) return free.Take();
            if (_blocks < MaxBlocks)
            {
                _blocks++;
                return new Block(this).Take();
            }
        }

        return Shared.Rent(Math.Max(minBufferSize, SmallBytes));
    }

    // The blocks go with the pool: they are ordinary objects.
    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>Gives the server such memory, for each of its queues of connections.</summary>
    internal sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ReceiveBlocks();
    }

    private sealed class Block(ReceiveBlocks pool) : IMemoryOwner<byte>
    {
        // Pinned for good, so that no read has to.
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
        private bool _isTaken;

        public Memory<byte> Memory => MemoryMarshal.CreateFromPinnedArray(_bytes, 0, _bytes.Length);

        public Block Take()
        {
            _isTaken = true;
            return this;
        }

        public void Dispose()
        {
            lock (pool._gate)
            {
                // Given back twice, it would be given out twice.
                if (_isTaken) pool._free.Push(this);
                _isTaken = false;
            }
        }
    }
}
