using System.Diagnostics.CodeAnalysis;

namespace Platform.Hosting.Errors;

/// <summary>A value, or the reason why there is none. Both convert implicitly, so that handlers just return them.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>Why there is no value; null on success.</summary>
    public Error? Error { get; }

    /// <summary>True, with <paramref name="value"/>, on success; else false, with <paramref name="error"/>.</summary>
    public bool Succeeded([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Error? error)
    {
        value = _value;
        error = Error;
        return error is null;
    }

    /// <summary>The HTTP answer: <paramref name="success"/> of the value, or problem details.</summary>
    public IResult ToHttp(Func<T, IResult> success) => Error is null ? success(_value!) : Problems.From(Error);

    /// <summary>The HTTP answer: 200 with the value as JSON, or problem details.</summary>
    public IResult ToHttp() => ToHttp(value => TypedResults.Ok(value));

    /// <summary>A success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
