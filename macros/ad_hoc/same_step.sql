{# The last of the steps before a number that one event could fill as well as that step; 0 is
   none. #}
{% macro same_step(steps, number) -%}
    {%- set last = namespace(number=0) -%}
    {%- set names = [] -%}
    {%- for step in steps -%}
        {%- do names.append(modules.re.sub("[^\\w*]|_", "", step | lower)) -%}
    {%- endfor -%}
    {%- for earlier in range(1, number) -%}
        {%- if names[earlier - 1] == names[number - 1]
            or '*' in [names[earlier - 1], names[number - 1]] -%}
            {%- set last.number = earlier -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(last.number) }}
{%- endmacro %}
