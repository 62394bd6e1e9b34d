using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>The requests of one stream: read one after the other, run side by side, answered in their order.</summary>
internal sealed class PredictionStream(
    DataPlane plane, MessageReader messages, HttpContext context, TimeProvider time, Deadline deadline, CancellationToken end) : IDisposable
{
    /// <summary>Requests that one stream may have under way: enough to fill a run, and a bound for what waits to be sent.</summary>
    private const int MaxUnderWay = 64;

    // With it, the reference server ends the call at the first error instead of telling of it in the stream.
    private const string EndsAtErrors = "triton_grpc_error";

    private readonly SemaphoreSlim _room = new(MaxUnderWay);
    private readonly bool _endsAtErrors = context.Request.Headers[EndsAtErrors] == "true";
    private readonly CallFacts _facts = new(context, time, deadline);
    private Task _last = Task.CompletedTask;
    private Exception? _fault;
    private Error? _ending;

    /// <summary>Answers every request until the caller sends no more, or may send no more.</summary>
    /// <returns>What ends the call before that, or null.</returns>
    public async Task<Error?> RunAsync()
    {
        Error? refusal = null;
        try
        {
            while (_ending is null && _fault is null && !end.IsCancellationRequested)
            {
                await _room.WaitAsync();
                var read = await BeginNextAsync();
                refusal = read.Refusal;
                if (!read.IsRead || refusal is not null) break;
            }
        }
        finally
        {
            await _last;
        }

        if (_fault is not null) throw new InvalidOperationException("A prediction of a stream went wrong.", _fault);
        return _ending ?? refusal;
    }

    public void Dispose() => _room.Dispose();

    private async Task<MessageRead> BeginNextAsync()
    {
        var message = new ByteBuffer();
        MessageRead read = default;
        try
        {
            read = await messages.ReadAsync(context.Request, message);
            return read;
        }
        finally
        {
            if (read is { IsRead: true, Refusal: null }) _last = AnswerAsync(message, _last);
            else Release(message, message.Length);
        }
    }

    private async Task AnswerAsync(ByteBuffer message, Task before)
    {
        var taken = message.Length;
        try
        {
            await PredictAsync(message, before);
        }
#pragma warning disable CA1031 // the others of the stream end first, then it is thrown
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!context.RequestAborted.IsCancellationRequested) _fault ??= exception;
        }

        await before; // this one ends when all before it have
        Release(message, taken);
        _room.Release();
    }

    private void Release(ByteBuffer message, int taken)
    {
        message.Dispose();
        messages.Release(taken);
    }

    private Task PredictAsync(ByteBuffer message, Task before)
    {
        var started = time.GetTimestamp();
        var isRead = InferTarget.TryRead(message.Written, out var target, out var problem, withId: true);
        var call = new StreamedCall(context, message, target.Id, before, time, _endsAtErrors ? End : null);
        if (!isRead) return call.RefuseAsync(PredictionErrors.Malformed(problem!));
        return context.Deny(Permission.Infer, target.Model) is { } denied
            ? call.RefuseAsync(denied)
            : plane.PredictAsync(call, target.Model, target.Version, _facts.Of(target, RequestIds.Create(time), started));
    }

    private void End(Error error)
    {
        _ending ??= error;
        context.Request.BodyReader.CancelPendingRead();
    }
}
