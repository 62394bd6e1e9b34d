using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Platform.Hosting.Defaults;

/// <summary>
/// What a client has sent, whose end shows only when all of it has been looked at. The server takes the end for a body that was cut
/// off, also where the whole body lies before it.
/// </summary>
internal sealed class HalfClosedInput(PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _examined;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _examined = _buffer.Slice(consumed, examined).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Show(read.Result)) : WaitAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result)) return false;
        result = Show(result);
        return true;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read) => Show(await read);

    private ReadResult Show(ReadResult read)
    {
        _buffer = read.Buffer;
        return read.IsCompleted && read.Buffer.Length > _examined ? new(read.Buffer, read.IsCanceled, isCompleted: false) : read;
    }
}
