using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>Runs a model in this process.</summary>
internal sealed class LocalRunner : ModelRunner
{
    // ONNX Runtime keeps a run's memory for the next one. What a large run took goes at the end of the run after it, when it is free.
    private const long LargeRun = 64 << 20;
    private const string Shrinkage = "memory.enable_memory_arena_shrinkage";

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputValues;
    private readonly RunBindings? _bindings;
    private readonly long _maxOutputBytes;
    private readonly bool _onCpu;
    private bool _shrinks;

    public LocalRunner(InferenceSession session, ModelSignature signature, bool onCpu, long maxOutputBytes)
    {
        (_session, _onCpu, _maxOutputBytes) = (session, onCpu, maxOutputBytes);
        _inputNames = [.. signature.Inputs.Select(input => input.Name)];
        _outputNames = [.. signature.Outputs.Select(output => output.Name)];
        _inputValues = new OrtValue[_inputNames.Length];
        if (onCpu) _bindings = new RunBindings(session, _inputNames, _outputNames);
    }

    public override void Run(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs)
    {
        try
        {
            RunOnce(inputs, optional, outputs);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelRunException(RuntimeMessage.Clean(exception), _options.Terminate, exception);
        }
        catch (InvalidDataException exception)
        {
            ShrinkNext(true); // it may have been too large
            throw new ModelRunException(exception.Message, stopped: false, exception);
        }
    }

    public override void RunAgain(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        var canBind = _bindings is not null && RunBindings.Suit(inputs);
        if (canBind && TryRunBound(inputs, outputs)) return;
        Run(inputs, outputs);
        if (canBind && RunBindings.Suit(outputs)) _bindings!.Remember(inputs, outputs);
    }

    public override void Stop() => _options.Terminate = true;

    public override void Forget() => _bindings?.Clear();

    public override void Resume() => _options.Terminate = false;

    public override TensorBuffer[] CreateInputs() => Buffers(_inputNames.Length);

    public override TensorBuffer[] CreateOutputs() => Buffers(_outputNames.Length);

    public override void Dispose()
    {
        _bindings?.Dispose();
        _options.Dispose();
    }

    /// <summary>False when there is no binding, or when the outputs have other shapes this time: then the run is to be repeated without.</summary>
    private bool TryRunBound(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        try
        {
            if (!_bindings!.TryRun(_options, inputs, outputs)) return false;
            ShrinkNext(false);
            return true;
        }
        catch (OnnxRuntimeException) when (!_options.Terminate)
        {
            _bindings!.Clear();
            return false;
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelRunException(RuntimeMessage.Clean(exception), stopped: true, exception);
        }
    }

    private void RunOnce(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs)
    {
        try
        {
            for (var i = 0; i < inputs.Length; i++) _inputValues[i] = RuntimeValues.Over(inputs[i]);
            using var results = optional.Count == 0 ? _session.Run(_options, _inputNames, _inputValues, _outputNames) : RunWith(optional);
            var room = _maxOutputBytes;
            for (var i = 0; i < outputs.Length; i++) room -= RuntimeValues.Read(results[i], outputs[i], room);
            ShrinkNext(_maxOutputBytes - room > LargeRun);
        }
        finally
        {
            foreach (var value in _inputValues) value?.Dispose();
            Array.Clear(_inputValues);
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> RunWith(IReadOnlyList<OptionalInput> optional)
    {
        var values = new List<OrtValue>(optional.Count);
        try
        {
            foreach (var input in optional) values.Add(RuntimeValues.Over(input.Value));
            return _session.Run(_options, [.. _inputNames, .. optional.Select(input => input.Name)], [.. _inputValues, .. values], _outputNames);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    private static TensorBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new TensorBuffer())];

    /// <summary>Whether the next run is to give back what runs have left.</summary>
    private void ShrinkNext(bool shrinks)
    {
        if (!_onCpu || shrinks == _shrinks) return;
        _options.AddRunConfigEntry(Shrinkage, shrinks ? "cpu:0" : "");
        _shrinks = shrinks;
    }
}
