using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Tests.Models;

/// <summary>A loaded model with one FP32 input of eight features, ready to be explained.</summary>
internal sealed class OnnxSubject : IDisposable
{
    private const int Features = 8;

    private readonly ModelSession _session;
    private readonly ModelCall _call;

    public OnnxSubject(string path, string output)
    {
        _session = ModelSession.Load(path);
        var layout = new RowLayout([new InputBlock("input", Datatype.FP32, [Features], 0, Features)], Batched: true);
        var index = _session.Signature.Outputs.Select(spec => spec.Name).ToList().IndexOf(output);
        _call = new ModelCall(_session, layout, index, sharesRuns: true);
        var width = _call.Run(new double[Features], 1, new CellVocabulary(), default);
        Model = new OnnxBatchModel(_call, Features, new CellVocabulary(), width, [.. Enumerable.Range(0, width)]);
    }

    public IBatchModel Model { get; }

    public void Dispose()
    {
        _call.Dispose();
        _session.Dispose();
    }
}
