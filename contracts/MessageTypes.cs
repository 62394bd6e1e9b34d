using System.Collections.Frozen;
using System.Text;

namespace Platform.Contracts;

/// <summary>
/// The wire name of every message: <c>owner.kebab-case-name.vN</c>, for example <c>registry.model-promoted.v1</c>.
/// Stored events and CloudEvents carry this name, never a CLR type name.
/// </summary>
public static class MessageTypes
{
    private static readonly FrozenDictionary<string, Type> ByName =
        typeof(MessageTypes).Assembly.GetExportedTypes()
            .Where(type => typeof(IMessage).IsAssignableFrom(type) && !type.IsInterface)
            .ToFrozenDictionary(NameOf);

    /// <summary>All message types by wire name.</summary>
    public static IReadOnlyDictionary<string, Type> All => ByName;

    /// <summary>The CLR type of a wire name, or null when this build does not know it.</summary>
    public static Type? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The wire name of <paramref name="type"/>. A record named <c>XV2</c> is version 2 of <c>X</c>.</summary>
    public static string NameOf(Type type)
    {
        var (name, version) = SplitVersion(type.Name);
        var owner = type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..];
        return $"{Kebab(owner)}.{Kebab(name)}.v{version}";
    }

    private static (string Name, string Version) SplitVersion(string typeName)
    {
        var digits = typeName.Length;
        while (digits > 0 && char.IsAsciiDigit(typeName[digits - 1])) digits--;
        return digits < typeName.Length && typeName[digits - 1] == 'V'
            ? (typeName[..(digits - 1)], typeName[digits..])
            : (typeName, "1");
    }

    private static string Kebab(string pascal)
    {
        var kebab = new StringBuilder(pascal.Length + 4);
        foreach (var letter in pascal)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
