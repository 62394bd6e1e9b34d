using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>One run over ordinary tensors.</summary>
internal sealed class Evaluation(ModelSession session) : IDisposable
{
    private readonly ModelRunner _runner = session.CreateRunner();
    private readonly TensorBuffer[] _inputs = Buffers(session.Signature.Inputs.Count);
    private readonly TensorBuffer[] _outputs = Buffers(session.Signature.Outputs.Count);

    public Dictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
    {
        Fill(inputs);
        using (cancellationToken.UnsafeRegister(static runner => ((ModelRunner)runner!).Stop(), _runner))
        {
            try
            {
                _runner.Run(_inputs, _outputs);
            }
            catch (ModelRunException exception) when (exception.Stopped)
            {
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }
        }

        return Read();
    }

    public void Dispose()
    {
        _runner.Dispose();
        foreach (var buffer in _inputs.Concat(_outputs)) buffer.Dispose();
    }

    private void Fill(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var specs = session.Signature.Inputs;
        var unknown = inputs.Keys.FirstOrDefault(name => specs.All(spec => spec.Name != name));
        if (unknown is not null) throw new ArgumentException($"The model has no input '{unknown}'.");

        for (var i = 0; i < specs.Count; i++)
        {
            if (!inputs.TryGetValue(specs[i].Name, out var tensor)) throw new ArgumentException($"Input '{specs[i].Name}' is missing.");
            if (tensor.Datatype != specs[i].Datatype)
                throw new ArgumentException($"Input '{specs[i].Name}' is {specs[i].Datatype.Name()}, not {tensor.Datatype.Name()}.");
            tensor.CopyTo(_inputs[i]);
        }
    }

    private Dictionary<string, Tensor> Read()
    {
        var specs = session.Signature.Outputs;
        return Enumerable.Range(0, specs.Count).ToDictionary(i => specs[i].Name, i => Tensor.From(_outputs[i]));
    }

    private static TensorBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new TensorBuffer())];
}
