using Platform.Contracts.Inference;
using Platform.Inference.Batching;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Requests;

/// <summary>Everything that one infer request needs from its first byte to its record. Used again for the next one.</summary>
internal sealed class Prediction : IWaitingCaller, IDisposable
{
    private readonly TensorBuffer[] _outputs;
    private readonly OutputView _view;
    private HttpContext? _context;
    private CancellationToken _leaving;
    private int _bodyLength;

    public Prediction(RequestSchema schema)
    {
        Request = new InferRequest(schema);
        _outputs = [.. schema.Outputs.Select(_ => new TensorBuffer())];
        _view = new OutputView(schema);
        Item = new BatchItem(Request.Inputs, _outputs) { Caller = this, Optional = Request.Optional };
    }

    /// <summary>The body, until the inputs have been read from it.</summary>
    public ByteBuffer Body { get; } = new();

    /// <summary>The body's length in bytes, also when it has gone.</summary>
    public long BodyLength => Math.Max(_bodyLength, Body.Length);

    /// <summary>What the answer and the record quote of the body.</summary>
    public ByteBuffer Quotes { get; } = new();

    /// <summary>Where the body is wanted once more after the reply: whether there is room for so many bytes.</summary>
    public Func<int, bool>? MayKeepBody { get; set; }

    /// <summary>The body where <see cref="MayKeepBody"/>, once the inputs have been read from it.</summary>
    public byte[]? KeptBody { get; private set; }

    public ByteBuffer Answer { get; } = new();

    /// <summary>How much of <see cref="Answer"/> is JSON; null when all of it is.</summary>
    public int? AnswerJsonLength { get; private set; }

    /// <summary>What the answer takes, with the outputs that it was made of, in bytes.</summary>
    public long AnswerBytes
    {
        get
        {
            long bytes = Answer.Length;
            foreach (var output in _outputs) bytes += output.Data.Length;
            return bytes;
        }
    }

    /// <summary>What of it <see cref="AnswerWriter"/> has counted.</summary>
    public long CountedAnswerBytes { get; set; }

    /// <summary>For a body or an answer in its compressed form.</summary>
    public ByteBuffer Scratch { get; } = new();

    public InferRequest Request { get; }

    public BatchItem Item { get; }

    public ReadOnlySpan<TensorBuffer> Outputs => _outputs;

    public PredictionFacts Facts;

    /// <summary>True once the inputs have been read.</summary>
    public bool HasInputs { get; private set; }

    /// <summary>A value of <see cref="PredictionStatus"/>.</summary>
    public string Status { get; private set; } = PredictionStatus.Cancelled;

    /// <summary>Why it did not succeed.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether its record was appended, or tried to be, before the reply.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>True once the client has closed its connection, or whoever asks otherwise wants the answer no more.</summary>
    public bool HasLeft => (_context?.RequestAborted.IsCancellationRequested ?? _leaving.IsCancellationRequested) || Facts.Deadline.HasPassed;

    public void Begin(HttpContext context, in PredictionFacts facts)
    {
        _context = context; // its token costs, so it is asked for when it is needed
        Begin(facts);
    }

    /// <summary>Begins for a caller who does not wait for a reply.</summary>
    public void Begin(in PredictionFacts facts, CancellationToken leaving)
    {
        _leaving = leaving;
        Begin(facts);
    }

    private void Begin(in PredictionFacts facts)
    {
        Facts = facts;
        HasInputs = IsRecorded = false;
        Item.Timings = default;
        // Unless something better can be said of it in the end, its caller has left.
        End(PredictionStatus.Cancelled, "The caller left before the answer.");
    }

    /// <summary>
    /// Called when the inputs have been read from <paramref name="body"/>. Keeps of it what will be quoted, and gives the memory of
    /// <see cref="Body"/> back for the next request.
    /// </summary>
    public void TakeInputs(ReadOnlySpan<byte> body, IQuotedInputs quoted)
    {
        HasInputs = true;
        if (MayKeepBody?.Invoke(body.Length) == true) KeptBody = body.ToArray();
        for (var i = 0; i < Request.Schema.AllInputs.Count; i++)
            if (!quoted.Quotes(i, Request)) Request.DropSource(i);
        Request.MoveQuotes(body, Quotes);
        _bodyLength = Body.Length;
        Body.Dispose();
    }

    /// <summary>Writes the answer from the outputs that the run has left.</summary>
    public void WriteAnswer(InferResponseWriter writer, OutputLabels labels, TimeProvider time)
    {
        var times = Request.Parameters.Timings ? Item.Timings.Between(time) : default;
        AnswerJsonLength = writer.Write(Answer, Request, Quotes.Written, _view.Of(Request, _outputs, labels), Facts.Id, times);
    }

    /// <summary>Writes the answer to a request by feature name.</summary>
    public void WriteAnswer(RowResponseWriter writer)
    {
        AnswerJsonLength = null;
        writer.Write(Answer, _outputs, Request.IsEmpty ? 0 : Request.Rows, Facts.Id);
    }

    /// <summary>Writes the answer as a protobuf message.</summary>
    public void WriteMessage(InferMessageWriter writer, OutputLabels labels, TimeProvider time, bool isFinal)
    {
        var times = Request.Parameters.Timings ? Item.Timings.Between(time) : default;
        Scratch.Limit = Answer.Limit; // what does not fit there does not fit here
        try
        {
            writer.Write(Answer, Scratch, Request, Quotes.Written, _view.Of(Request, _outputs, labels), Facts.Id, times, isFinal);
        }
        finally
        {
            Scratch.Limit = Array.MaxLength;
        }
    }

    public void End(string status, string? problem = null) => (Status, Problem) = (status, problem);

    /// <summary>Memory held, in bytes.</summary>
    public long Capacity => (long)Body.Capacity + Quotes.Capacity + Answer.Capacity + Scratch.Capacity
        + Held(Request.Tensors) + Held(_outputs) + _view.Capacity;

    /// <summary>Makes ready for the next request and gives back what a large one took.</summary>
    public void Trim(int keep)
    {
        (Facts, _context, _leaving, _bodyLength, MayKeepBody, KeptBody) = (default, null, default, 0, null, null);
        Body.Trim(keep);
        Quotes.Trim(keep);
        Answer.Trim(keep);
        Scratch.Trim(keep);
        foreach (var input in Request.Tensors) input.Trim(keep);
        foreach (var output in _outputs) output.Trim(keep);
        _view.Trim(keep);
    }

    public void Dispose() => Trim(-1);

    private static long Held(TensorBuffer[] tensors)
    {
        long held = 0;
        foreach (var tensor in tensors) held += tensor.Capacity;
        return held;
    }
}
