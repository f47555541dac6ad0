-- Structure of listings and results: keys, policies, what never changes. Behaviour is in test/database.
begin;
create extension if not exists pgtap with schema extensions;
set local search_path = extensions, public;
select plan(12);
select has_pk('public', 'listings', 'listings have a key');
select has_pk('public', 'model_versions', 'versions have a key');
select col_is_unique('public', 'model_versions', array['listing_id', 'number'], 'a number is given once');
select col_is_unique('public', 'result_disputes', array['result_id', 'disputed_by'], 'nobody disputes twice');
select has_index('private', 'version_files', 'version_files_sha256_idx', 'the same bytes are found elsewhere');
select has_trigger('public', 'model_versions', 'model_versions_keep', 'a version never changes');
select has_trigger('public', 'scan_reports', 'scan_reports_keep', 'a report never changes');
select has_trigger('public', 'benchmark_results', 'benchmark_results_keep', 'a result never changes');
select is_empty(
  $$ select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r' and not c.relrowsecurity $$,
  'every table asks its policies');
select is_empty(
  $$ select table_name from information_schema.role_table_grants
     where table_schema = 'public' and grantee in ('anon', 'authenticated')
       and table_name in ('listings', 'model_versions', 'scan_reports', 'listing_appeals', 'listing_prices',
         'benchmark_results', 'benchmark_claims', 'benchmark_suites', 'result_disputes') $$,
  'no table is granted to the roles of the API');
select is_empty(
  $$ select p.oid::regprocedure::text from pg_proc p
     where p.pronamespace = 'private'::regnamespace
       and p.proname in ('execute_remove_listing', 'set_report_level', 'set_result_level', 'lift_restriction')
       and has_function_privilege('authenticated', p.oid, 'execute') $$,
  'nobody signed in executes what others decide');
select ok(
  (select count(*) from private.spdx_ids) > 700 and (select count(*) from private.confusables) > 700,
  'the tables of licences and look-alikes are whole');
select * from finish();
rollback;
