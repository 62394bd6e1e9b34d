using System.ComponentModel;
using Used = System.TimeoutException;

namespace Platform.Architecture.Tests.Folders;

public sealed class TypeReferencesTests
{
    [Theory]
    [InlineData(typeof(Derives))]
    [InlineData(typeof(Holds))]
    [InlineData(typeof(Takes))]
    [InlineData(typeof(Returns))]
    [InlineData(typeof(Calls))]
    [InlineData(typeof(CallsLater))]
    [InlineData(typeof(CallsInAClosure))]
    [InlineData(typeof(NamesAsAnArgument))]
    [InlineData(typeof(Catches))]
    [InlineData(typeof(IsMarked))]
    [InlineData(typeof(Constrains<>))]
    public void A_reference_is_found_wherever_it_stands(Type type) => Assert.Contains(typeof(Used), TypeReferences.Of(type));

    [Fact]
    public void What_is_not_named_is_no_reference() => Assert.DoesNotContain(typeof(Used), TypeReferences.Of(typeof(FolderGraph)));

    [Fact]
    public void A_nested_type_counts_as_the_one_that_it_is_written_in() =>
        Assert.Contains(typeof(TypeReferencesTests), TypeReferences.Of(typeof(CallsInAClosure)));

    private sealed class Derives : Used;

    private sealed record Holds(IReadOnlyList<Used[]> Field);

    private static class Takes
    {
        public static void Method(ref Used used) => Console.WriteLine(used);
    }

    private abstract class Returns
    {
        public abstract Task<Used> Method();
    }

    private static class Calls
    {
        public static object Method() => new Used();
    }

    private static class CallsLater
    {
        public static async Task<object> Method()
        {
            await Task.Yield();
            return new Used();
        }
    }

    private static class CallsInAClosure
    {
        public static Func<object> Method(string message) => () => new Used(message);
    }

    private static class NamesAsAnArgument
    {
        public static object Method() => Array.Empty<Used>();
    }

    private static class Catches
    {
        public static void Method()
        {
            try { Console.WriteLine(); }
            catch (Used) { Console.WriteLine(); }
        }
    }

    [TypeConverter(typeof(Used))]
    private static class IsMarked;

    private static class Constrains<T> where T : Used;
}
