using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>One run over ordinary tensors.</summary>
internal sealed class Evaluation : IDisposable
{
    private readonly ModelSession _session;
    private readonly ModelRunner _runner;
    private readonly TensorBuffer[] _inputs;
    private readonly TensorBuffer[] _outputs;
    private readonly List<OptionalInput> _optional = [];

    public Evaluation(ModelSession session)
    {
        (_session, _runner) = (session, session.CreateRunner());
        (_inputs, _outputs) = (_runner.CreateInputs(), _runner.CreateOutputs());
    }

    public Dictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
    {
        Fill(inputs);
        using (cancellationToken.UnsafeRegister(static runner => ((ModelRunner)runner!).Stop(), _runner))
        {
            try
            {
                _runner.Run(_inputs, _optional, _outputs);
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
        foreach (var buffer in _inputs.Concat(_outputs).Concat(_optional.Select(input => input.Value))) buffer.Dispose();
        _runner.Dispose();
    }

    private void Fill(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var specs = _session.Signature.Inputs;
        var optional = _session.Signature.OptionalInputs;
        var unknown = inputs.Keys.FirstOrDefault(name => specs.Concat(optional).All(spec => spec.Name != name));
        if (unknown is not null) throw new ArgumentException($"The model has no input '{unknown}'.");

        for (var i = 0; i < specs.Count; i++)
        {
            if (!inputs.TryGetValue(specs[i].Name, out var tensor)) throw new ArgumentException($"Input '{specs[i].Name}' is missing.");
            Copy(tensor, specs[i], _inputs[i]);
        }

        foreach (var spec in optional.Where(spec => inputs.ContainsKey(spec.Name)))
        {
            _optional.Add(new OptionalInput(spec.Name, new TensorBuffer()));
            Copy(inputs[spec.Name], spec, _optional[^1].Value);
        }
    }

    private static void Copy(Tensor tensor, TensorSpec spec, TensorBuffer target)
    {
        if (tensor.Datatype != spec.Datatype)
            throw new ArgumentException($"Input '{spec.Name}' is {spec.Datatype.Name()}, not {tensor.Datatype.Name()}.");
        tensor.CopyTo(target);
    }

    private Dictionary<string, Tensor> Read()
    {
        var specs = _session.Signature.Outputs;
        return Enumerable.Range(0, specs.Count).ToDictionary(i => specs[i].Name, i => Tensor.From(_outputs[i]));
    }
}
