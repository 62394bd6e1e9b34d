using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Runs a model over caller-owned memory. One run at a time; several runners of one session may run side by side.
/// </summary>
public sealed class ModelRunner : IDisposable
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

    internal ModelRunner(InferenceSession session, ModelSignature signature, bool onCpu, long maxOutputBytes)
    {
        (_session, _onCpu, _maxOutputBytes) = (session, onCpu, maxOutputBytes);
        _inputNames = [.. signature.Inputs.Select(input => input.Name)];
        _outputNames = [.. signature.Outputs.Select(output => output.Name)];
        _inputValues = new OrtValue[_inputNames.Length];
        if (onCpu) _bindings = new RunBindings(session, _inputNames, _outputNames);
    }

    /// <summary>
    /// Runs once. <paramref name="inputs"/> and <paramref name="outputs"/> are in the order of the signature; inputs are read
    /// where they lie, outputs are reset and filled.
    /// </summary>
    /// <exception cref="ModelRunException">The model could not be run on these inputs, or the run was stopped.</exception>
    public void Run(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs) => Run(inputs, [], outputs);

    /// <summary>The same with values for optional inputs; those that are not among them have their defaults.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{TensorBuffer}, ReadOnlySpan{TensorBuffer})"/>
    public void Run(ReadOnlySpan<TensorBuffer> inputs, IReadOnlyList<OptionalInput> optional, ReadOnlySpan<TensorBuffer> outputs)
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

    /// <summary>
    /// The same for a caller who runs again and again over the same tensors: repeated shapes then cost no managed allocation.
    /// </summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{TensorBuffer}, ReadOnlySpan{TensorBuffer})"/>
    public void RunAgain(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        var canBind = _bindings is not null && RunBindings.Suit(inputs);
        if (canBind && TryRunBound(inputs, outputs)) return;
        Run(inputs, outputs);
        if (canBind && RunBindings.Suit(outputs)) _bindings!.Remember(inputs, outputs);
    }

    /// <summary>Stops the run in progress between two operators, from any thread, and every later one until <see cref="Resume"/>.</summary>
    public void Stop() => _options.Terminate = true;

    /// <summary>To be called when the tensors of earlier runs have given memory back: <see cref="RunAgain"/> must not expect it there.</summary>
    public void Forget() => _bindings?.Clear();

    /// <summary>Lets runs proceed again after <see cref="Stop"/>.</summary>
    public void Resume() => _options.Terminate = false;

    public void Dispose()
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

    /// <summary>Whether the next run is to give back what runs have left.</summary>
    private void ShrinkNext(bool shrinks)
    {
        if (!_onCpu || shrinks == _shrinks) return;
        _options.AddRunConfigEntry(Shrinkage, shrinks ? "cpu:0" : "");
        _shrinks = shrinks;
    }
}
